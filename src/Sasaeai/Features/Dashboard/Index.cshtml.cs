using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Counts;
using Sasaeai.Features.Indicators;
using Sasaeai.Features.MutualHelpReports;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Features.SignIns;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Dashboard;

/// <summary>The town at a glance: targets against results, areas side by side, what is stale, what is overdue.</summary>
[ForFigureReaders]
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    private static readonly CountingRule[] sideBySide = [CountingRules.CouncilMeetings, CountingRules.Meetings, CountingRules.Activities, CountingRules.OutreachTimes, CountingRules.PublishedResources, CountingRules.OverdueResources];

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public PlanFigures Figures { get; private set; } = null!;
    public Plan? Plan { get; private set; }
    public IReadOnlyList<Area> Zones { get; private set; } = [];
    public IReadOnlyList<(CountingRule Rule, Tally Tally)> Measures { get; private set; } = [];
    public IReadOnlyList<Overdue> Handovers { get; private set; } = [];
    public DateOnly Today => time.Today();
    public FiscalYear FiscalYear => new(Year!.Value);
    /// <summary>Those who open no record see no share that a few records make.</summary>
    public ReportMask Mask { get; private set; } = new(0);

    /// <summary>The figure, unless it is such a share.</summary>
    public Quantity? Told(Quantity? figure) => figure is { Denominator: { } of, Numerator: var part } && (Mask.Hides(of) || Mask.Hides((long)part) || Mask.Hides(of - (long)part)) ? null : figure;

    public bool SeesRecords => person.CanSeePlans();
    public bool ReadsPaper => person.CanReadAnnualReport();

    public IEnumerable<FiscalYear> Years => Enumerable.Range(0, 11).Select(back => new FiscalYear(FiscalYear.Of(Today).Year - back));

    public IReadOnlyList<int> PlanYears => [.. Enumerable.Range(Plans.Plan.FirstYearOf(Plans.Plan.NumberOf(Year!.Value)), Plans.Plan.Years)];

    public async Task OnGetAsync()
    {
        person.Require(person.CanSeeDashboard());
        Year = Year is >= 2000 and <= 2190 ? Year : FiscalYear.Of(Today).Year;
        Mask = new ReportMask(SeesRecords ? 0 : (await db.RuleAsync()).SmallCount);
        var areas = await AreaTree.LoadAsync(db, Today);
        Zones = [.. areas.Of(AreaKind.LivingArea)];
        Plan = await db.Plans.AsNoTracking().SingleOrDefaultAsync(plan => plan.Number == Plans.Plan.NumberOf(Year.Value));
        Figures = await PlanFigures.LoadAsync(db, Today, PlanYears[0], PlanYears[^1], areas: areas, also: sideBySide);
        Measures = [.. sideBySide.Select(rule => (rule, Figures.TallyOf(rule)))];
        var overdue = await db.Handovers.AsNoTracking().Where(handover => handover.AnsweredOn == null && handover.ReturnedOn == null && handover.DueOn < Today)
            .GroupBy(handover => handover.ToId).Select(group => new { Body = group.Key, Handovers = group.Count(), Oldest = group.Min(handover => handover.DueOn) })
            .Join(db.Bodies, group => group.Body, body => body.Id, (group, body) => new Overdue(body.Id,
                db.Councils.Where(council => council.Id == body.CouncilId).Select(council => council.Name).FirstOrDefault()
                ?? db.Departments.Where(department => department.Id == body.DepartmentId).Select(department => department.Name).FirstOrDefault()
                ?? db.Organizations.Where(organization => organization.Id == body.OrganizationId).Select(organization => organization.Name).FirstOrDefault()!, group.Handovers, group.Oldest)).Take(200).ToListAsync();
        Handovers = [.. overdue.OrderByDescending(row => row.Count).ThenBy(row => row.Oldest)];
    }

    /// <summary>The areas side by side, to take away.</summary>
    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await OnGetAsync();
        person.Require(SeesRecords);
        return this.Table($"圏域ごとの数 {FiscalYear.Label}", format, ["年度", "圏域", .. Measures.Select(measure => $"{measure.Rule.Name}（{measure.Rule.Unit}）")], Zones.Select(zone => ((Guid?)zone.Id, zone.Name)).Append((null, "市町村全体"))
            .Select(zone => (IReadOnlyList<object?>)[FiscalYear.Label, zone.Item2, .. Measures.Select(measure => (object?)measure.Tally.Of(new Cell(Year!.Value, IndicatorLayer.Both, zone.Item1))?.Numerator)]));
    }

    /// <param name="Body">Who has not answered.</param>
    public sealed record Overdue(Guid BodyId, string Body, int Count, DateOnly Oldest);
}
