using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.HandOverPacks;

/// <summary>Whose work can be handed over.</summary>
public class IndexModel(AppDb db, CurrentPerson person) : PageModel
{
    public IReadOnlyList<SelectListItem> People { get; private set; } = [];

    public async Task OnGetAsync()
    {
        person.Require(person.CanRecord());
        People = [.. (await ActivityRecords.IndexModel.RecordersAsync(db)).Where(one => person.CanHandOver(Guid.Parse(one.Value)))];
    }
}
