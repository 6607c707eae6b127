using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Visits;

namespace Sasaeai.Features.WeeklyPlans;

/// <summary>The plan of one week: propose, change by hand, accept.</summary>
public class ShowModel(AppDb db, CurrentPerson person, WeekDesk desk, SeriesVisits series, AuditTrail trail) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public WeekFacts Facts => desk.Facts;
    public WeeklyProposal Proposal => desk.Proposal;
    public bool IsMade => desk.IsMade;
    public IReadOnlyList<WeekRow> Rows { get; private set; } = [];
    public int Settled => Rows.Count(row => row.Of.IsSettled);
    public int Proposed => Rows.Count(row => row.IsProposed && row.Missing == 0);
    public int Open => Rows.Count(row => row.Missing > 0);

    /// <summary>Came, or lost its helper, after the plan was made.</summary>
    public int Unplanned => !IsMade ? 0 : Rows.Count(row => row is { Missing: > 0, Left: null } && !row.Of.Visit.Pinned && !row.Of.HasPassed(Facts.Today));

    public async Task OnGetAsync(Guid id, DateOnly monday)
    {
        Group = await db.ArrangeAsync(person, id);
        await series.ExtendAsync(id);
        await LoadAsync(id, monday);
        trail.Looked("weekly_proposal", id, $"{monday:yyyy-MM-dd}の週");
    }

    public async Task<IActionResult> OnPostPlanAsync(Guid id, DateOnly monday, bool whole)
    {
        await LoadAsync(id, monday);
        await desk.PlanAsync(whole || !IsMade, HttpContext.RequestAborted);
        return Done($"案を作りました。{Proposal.Content.Places.Select(placed => placed.VisitId).Distinct().Count()}件に担い手の案があり、{Proposal.Content.Left.Count}件は見つかりません。");
    }

    public async Task<IActionResult> OnPostPinAsync(Guid id, DateOnly monday, Guid visit, bool pinned)
    {
        await LoadAsync(id, monday);
        await desk.PinAsync(visit, pinned);
        return Done(pinned ? "この案を止めました。立て直しても動きません。" : "止めるのをやめました。立て直すと動くことがあります。");
    }

    public async Task<IActionResult> OnPostTakeOffAsync(Guid id, DateOnly monday, Guid visit, Guid member)
    {
        await LoadAsync(id, monday);
        desk.OpenVisit(visit);
        await desk.TakeOffAsync(visit, member);
        return Done("案から外しました。この週は、同じ組み合わせを出しません。");
    }

    public async Task<IActionResult> OnPostAcceptAsync(Guid id, DateOnly monday, Guid[] accept)
    {
        await LoadAsync(id, monday);
        var (settled, changed) = await desk.AcceptAsync(accept);
        return Done($"{settled}件の担い手を決めました。" + (changed > 0 ? $"{changed}件は、そのあいだに事情が変わったか、ほかの人が先に決めたため、決めていません。「空いたところだけ立て直す」を押してください。" : ""));
    }

    private async Task LoadAsync(Guid id, DateOnly monday)
    {
        Group = await db.ArrangeAsync(person, id);
        await desk.LoadAsync(id, monday);
        Rows = WeekRow.All(Facts, Proposal.Content);
    }

    private RedirectToPageResult Done(string notice)
    {
        TempData["Notice"] = notice;
        return RedirectToPage(new { id = Group.Id, monday = $"{Proposal.Monday:yyyy-MM-dd}" });
    }
}
