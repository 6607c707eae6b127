using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Meetings;

/// <summary>The conditions of the list of meetings; each figure of the counts links to one.</summary>
public class MeetingSearch
{
    /// <summary>Words in the name, the place, the agenda and what was decided.</summary>
    [Display(Name = "言葉"), StringLength(100)]
    public string? Q { get; set; }

    [Display(Name = "年度"), StringLength(10)]
    public string? Year { get; set; }

    [Display(Name = "月"), Range(1, 12)]
    public int? Month { get; set; }

    [Display(Name = "圏域")]
    public Guid? Area { get; set; }

    [Display(Name = "層"), Range(1, 2)]
    public int? Layer { get; set; }

    [Display(Name = "会議の種類")]
    public string? Kind { get; set; }

    [Display(Name = "協議体")]
    public Guid? Council { get; set; }

    /// <summary>集計での名前.</summary>
    public string? Series { get; set; }

    /// <summary>Without a 集計での名前, which are counted by their kind.</summary>
    public bool ByKind { get; set; }

    /// <summary>Of the 協議体（推進会議等） only.</summary>
    public bool? Counted { get; set; }

    /// <summary>Held by today only.</summary>
    public bool Held { get; set; }

    /// <summary>With at least one coordinator present.</summary>
    public bool Coordinator { get; set; }

    /// <summary>Those of the own work whose minutes wait to be made final.</summary>
    public bool Unfinished { get; set; }

    public IQueryable<Meeting> Of(AppDb db, CurrentPerson person, DateOnly today) => WithWords(Conditions(db, db.Meetings.SeenBy(person), person, today), db, person);

    /// <summary>非公開 meetings that the figures count and this person's list leaves out.</summary>
    public Task<int> CountUnseenAsync(AppDb db, CurrentPerson person, DateOnly today) =>
        person.IsStaff && !person.IsOfficer && PlainWords.Of(Q).Count == 0 ? Conditions(db, db.Meetings.ClosedTo(person), person, today).CountAsync() : Task.FromResult(0);

    /// <summary>What was decided, a 協議体委員 finds once the minutes are checked.</summary>
    private IQueryable<Meeting> WithWords(IQueryable<Meeting> found, AppDb db, CurrentPerson person) => PlainWords.Of(Q).Aggregate(found, (rows, word) => rows.Where(meeting =>
        PlainWords.Plain(meeting.Name).Contains(word) || PlainWords.Plain(meeting.Series).Contains(word) || PlainWords.Plain(meeting.Place).Contains(word)
        || db.AgendaItems.Any(item => item.MeetingId == meeting.Id && PlainWords.Plain(item.Title).Contains(word))
        || (person.IsStaff || meeting.Minutes != MinutesState.Draft) && db.Decisions.Any(decision => decision.MeetingId == meeting.Id && PlainWords.Plain(decision.Text).Contains(word))));

    private IQueryable<Meeting> Conditions(AppDb db, IQueryable<Meeting> found, CurrentPerson person, DateOnly today)
    {
        if (FiscalYear.TryRead(Year, out var year))
        {
            var (from, to) = Month is { } month and >= 1 and <= 12
                ? (new DateOnly(month >= 4 ? year.Year : year.Year + 1, month, 1), new DateOnly(month >= 4 ? year.Year : year.Year + 1, month, 1).AddMonths(1).AddDays(-1))
                : (year.Starts, year.Ends);
            found = found.Where(meeting => meeting.HeldOn >= from && meeting.HeldOn <= to);
        }

        found = Area is { } area ? found.Where(meeting => meeting.AreaId == area) : found;
        found = Layer is { } layer ? found.Where(meeting => meeting.Layer == layer) : found;
        found = string.IsNullOrEmpty(Kind) ? found : found.Where(meeting => meeting.KindCode == Kind);
        found = Council is { } council ? found.Where(meeting => meeting.CouncilId == council) : found;
        found = string.IsNullOrEmpty(Series) ? found : found.Where(meeting => meeting.Series == Series);
        found = ByKind ? found.Where(meeting => meeting.Series == "") : found;
        found = Counted is { } counted ? found.Where(meeting => meeting.CountsAsCouncil == counted) : found;
        found = Held ? found.Where(meeting => meeting.CancelledAt == null && meeting.HeldOn <= today) : found;
        found = Unfinished ? found.OwnTo(person).WithUnfinishedMinutes(db, today) : found;
        return Coordinator ? found.Where(meeting => db.Attendances.Any(one => one.MeetingId == meeting.Id && one.Kind == AttendeeKind.Coordinator && one.Present)) : found;
    }
}
