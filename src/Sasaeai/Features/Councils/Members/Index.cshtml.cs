using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.Councils.Members;

/// <summary>委員名簿. Names for all who see the council; telephone and e-mail for those who keep it.</summary>
public class IndexModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    private const int Most = 500;

    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = ListOrder.Parameter)]
    public string? Sort { get; set; }

    public ListOrder Order => ListOrder.Of(Sort, "post", "name", "affiliation", "post", "chosen", "term");
    public Council Council { get; private set; } = null!;
    public bool MayChange { get; private set; }
    public IReadOnlyList<CouncilMember> Rows { get; private set; } = [];
    public DateOnly Today => time.Today();

    public Task OnGetAsync(Guid id) => LoadAsync(id, "委員名簿");

    /// <summary>Telephone and e-mail for those who keep the list.</summary>
    public async Task<IActionResult> OnGetTableAsync(Guid id, TableFormat format)
    {
        await LoadAsync(id, "委員名簿を書き出し");
        string[] header = ["氏名", "所属", "役", "選ばれ方", "任期の始まり", "任期の終わり"];
        return this.Table($"{Council.Name} 委員名簿", format, MayChange ? [.. header, "電話番号", "メールアドレス"] : header, Rows.Select(row => new List<object?>(
            [row.Name, row.Affiliation, row.Post.InWords(), row.Chosen.InWords(), row.StartsOn, row.EndsOn, .. MayChange ? new[] { row.Phone, row.Email } : []])));
    }

    public string FileOf(TableFormat format) => Url.Page("Index", "Table", new { id = Council.Id, format, all = All ? "true" : null, q = Q, sort = Sort })!;

    private async Task LoadAsync(Guid id, string looked)
    {
        Council = await db.GetAsync<Council>(id);
        person.Require(person.CanSee(Council));
        MayChange = person.CanChange(Council);
        var members = db.CouncilMembers.AsNoTracking().Where(member => member.CouncilId == id);
        members = All && MayChange ? members : members.Where(member => member.EndsOn == null || member.EndsOn >= Today);
        var words = PlainWords.Of(Q);
        var found = (await members.Take(Most).ToListAsync()).Where(member => words.All(word => PlainWords.Plain($"{member.Name} {member.Affiliation}").Contains(word, StringComparison.Ordinal)));
        Rows = [.. found.By(Order, member => Order.Column switch { "name" => member.Name, "affiliation" => member.Affiliation, "chosen" => member.Chosen, "term" => member.StartsOn, _ => member.Post }).ThenBy(member => member.Affiliation, StringComparer.Ordinal).ThenBy(member => member.Name, StringComparer.Ordinal)];
        if (MayChange)
        {
            trail.Looked("council_member", id, looked);
        }
    }
}
