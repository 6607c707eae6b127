using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Visits;

namespace Sasaeai.Features.Groups.HandOver;

/// <summary>交代の紙: what the 世話人 who takes over today must know, and who stands in on which day.</summary>
public class ShowModel(AppDb db, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    private const int Most = 200;

    public HelpGroup Group { get; private set; } = null!;
    public DateTimeOffset Now => time.GetUtcNow();
    public Board Board { get; private set; } = null!;
    public IReadOnlyList<(string Day, IReadOnlyList<Keeper> Keepers)> Duties { get; private set; } = [];
    public IReadOnlyList<Answer> Answers { get; private set; } = [];
    public IReadOnlyList<(HelpSeries Series, string User, string Kind, string When)> Series { get; private set; } = [];
    public int Waiting { get; private set; }
    public DateOnly? LastClosed { get; private set; }
    public DateOnly Monday => time.Today().AddDays(-(((int)time.Today().DayOfWeek + 6) % 7));
    private IReadOnlyList<HelpKind> Kinds { get; set; } = [];

    public async Task OnGetAsync(Guid id)
    {
        Group = await db.ArrangeAsync(person, id);
        trail.Looked("visit", id, "交代の紙");
        Kinds = await HelpKind.OfGroupAsync(db, id);
        Board = await Board.LoadAsync(db, id, time.Today());
        var keepers = await db.Keepers.AsNoTracking().Where(keeper => keeper.GroupId == id && keeper.EndsOn == null).OrderBy(keeper => keeper.StartsOn).ThenBy(keeper => keeper.Id).Take(Most).ToListAsync();
        Duties = [.. Keepers.IndexModel.Days.Select(day => (day.Text, (IReadOnlyList<Keeper>)[.. keepers.Where(keeper => keeper.DutyDays.Contains(day.Value))]))];
        Waiting = await db.HelpRequests.CountAsync(request => request.GroupId == id && request.State == RequestState.Open && request.Kind == RequestKind.Help && !db.Visits.Any(visit => visit.RequestId == request.Id && visit.State == VisitState.Assigned));
        LastClosed = await db.GroupClosings.Where(closing => closing.GroupId == id && closing.ReopenedAt == null).MaxAsync(closing => (DateOnly?)closing.Month);
        Answers = await (
            from offer in db.Offers.AsNoTracking()
            where offer.GroupId == id && offer.Result == OfferResult.Asked && !db.Offers.Any(later => later.VisitId == offer.VisitId && later.MemberId == offer.MemberId && later.AskedAt > offer.AskedAt)
            join visit in db.Visits on offer.VisitId equals visit.Id
            where visit.State == VisitState.Open && visit.DueDay >= time.Today()
            join helper in db.Members on offer.MemberId equals helper.Id
            orderby visit.DueDay, offer.AskedAt
            select new Answer(visit, helper.Name, helper.Phone, offer.AskedAt, offer.ByName)).Take(Most).ToListAsync();
        await LoadSeriesAsync(id);
    }

    public string Words(string code) => Kinds.FirstOrDefault(kind => kind.Code == code)?.Words ?? code;

    private async Task LoadSeriesAsync(Guid id)
    {
        var rubbish = await db.RubbishDays.AsNoTracking().Where(days => days.GroupId == id).ToDictionaryAsync(days => days.Id);
        var rows = await (
            from series in db.HelpSeries.AsNoTracking()
            where series.GroupId == id && series.EndedAt == null && (series.EndsOn == null || series.EndsOn >= time.Today())
            join request in db.HelpRequests on series.RequestId equals request.Id
            join user in db.Members on request.UserId equals (Guid?)user.Id
            orderby user.Kana, user.Number
            select new { series, user.Name, request.CategoryCode, request.Detail }).Take(Most).ToListAsync();
        Series = [.. rows.Select(row => (row.series, row.Name, $"{Words(row.CategoryCode)} {row.Detail}".Trim(), row.series.InJapanese(row.series.RubbishId is { } days ? rubbish.GetValueOrDefault(days) : null)))];
    }

    /// <summary>Somebody who was asked and will call back.</summary>
    public sealed record Answer(Visit Visit, string Helper, string Phone, DateTimeOffset AskedAt, string ByName);
}
