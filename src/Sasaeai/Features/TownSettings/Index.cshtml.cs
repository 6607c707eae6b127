using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.TownSettings;

/// <summary>設定. The namespace is not called Settings, because that is what the environment says (Web/Settings.cs).</summary>
public class IndexModel(CurrentPerson person) : PageModel
{
    public bool IsAdministrator => person.Is(Role.Administrator);

    public void OnGet() => person.Require(person.IsOfficer);
}
