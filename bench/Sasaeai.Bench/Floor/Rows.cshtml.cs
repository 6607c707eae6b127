using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Sasaeai.Bench.Floor;

public class RowsModel(FloorDb db) : PageModel
{
    public IReadOnlyList<FloorRow> Rows { get; private set; } = [];

    public async Task OnGetAsync(int town) => Rows = await db.RowsAsync(town);
}
