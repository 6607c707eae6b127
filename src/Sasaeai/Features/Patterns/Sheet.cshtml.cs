using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Sasaeai.Features.Patterns;

/// <summary>A page that a resident takes home on A4.</summary>
[Microsoft.AspNetCore.Authorization.AllowAnonymous, Sasaeai.Web.PublishedOnly]
public class SheetModel : PageModel;
