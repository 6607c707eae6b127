using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Sasaeai.Features.Today;

public class IndexModel : PageModel;
