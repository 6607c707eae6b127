using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;

namespace Sasaeai.Features.Visits;

/// <summary>The group's day: who needs a helper, what is on today, which reports are late or wait.</summary>
public class IndexModel(AppDb db, CurrentPerson person, AuditTrail trail, SeriesVisits series, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public Board Board { get; private set; } = null!;
    public IReadOnlyList<HelpKind> Kinds { get; private set; } = [];
    public bool MayRun => person.CanRun(Group);
    /// <summary>What 「その他」 said again and again: it may become a category.</summary>
    public IReadOnlyList<HelpCategory.Same> Recurring { get; private set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        Group = await db.ArrangeAsync(person, id);
        await series.ExtendAsync(id);
        Board = await Board.LoadAsync(db, id, time.Today());
        Kinds = await HelpKind.OfGroupAsync(db, id);
        Recurring = MayRun ? await HelpCategory.RecurringAsync(db, id) : [];
        trail.Looked("visit", id, $"依頼と活動の一覧（{Board.Rows.Count}件）");
    }

    public string Words(string code) => Kinds.FirstOrDefault(kind => kind.Code == code)?.Words ?? code;
}
