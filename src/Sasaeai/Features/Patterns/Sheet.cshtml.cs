using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Sasaeai.Features.Patterns;

/// <summary>A page that a resident takes home on A4.</summary>
public class SheetModel : PageModel;
