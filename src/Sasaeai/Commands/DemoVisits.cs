using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Features.VisitReports;
using Sasaeai.Features.Visits;
using Booked = Sasaeai.Features.Ledger.VisitReport;
using VisitReport = Sasaeai.Features.VisitReports.VisitReport;

namespace Sasaeai.Commands;

/// <summary>Requests and visits of the demo group: what is done, with the ids that the books know, and what this week asks for.</summary>
public static class DemoVisits
{
    private const string Reader = "見本の読み込み";

    /// <summary>The records of visits that are done and reported; each report still waits to be approved.</summary>
    public static async Task ReportAsync(AppDb db, IReadOnlyList<Booked> visits)
    {
        foreach (var done in visits)
        {
            var (asked, came) = (new DateTimeOffset(done.Day.AddDays(-3).ToDateTime(new TimeOnly(10, 0)), Clock.Japan).ToUniversalTime(), new DateTimeOffset(done.Day.ToDateTime(new TimeOnly(20, 0)), Clock.Japan).ToUniversalTime());
            var request = new HelpRequest(done.GroupId, RequestKind.Help, done.UserId, new HelpWanted(KindOf(done.CategoryCode), "", done.Minutes, 1), new RequestContent(), Reader, asked);
            var visit = new Visit(request, new VisitTime(done.Day, done.Day, done.Start, done.Start), asked) { Id = done.VisitId!.Value };
            visit.Settle(done.Day, done.Start);
            Give(db, visit, done.HelperIds[0], asked);
            var report = new VisitReport(visit, done.HelperIds, new WhatHappened(VisitResult.Done, done.Day, done.Start, done.Start.AddMinutes(done.Minutes), null, Incident.None, SignOff.Paper, new ReportContent()), ReportChannel.Paper, Reader, came) { Id = done.ReportId };
            db.AddRange(request, visit, report);
        }

        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();       // hundreds of approvals follow, and each looks for changes
    }

    /// <summary>What waits for the keepers this week.</summary>
    public static async Task AskAsync(AppDb db, SeriesVisits series, Guid groupId, IReadOnlyList<Member> members, DateOnly today, DateTimeOffset now)
    {
        var (helpers, users) = (members.Where(member => member.IsHelper).ToList(), members.Where(member => member.IsUser && !member.IsHelper).ToList());
        var rule = new HelpRule { GroupId = groupId };
        rule.Change(counsellors: false, new HelpRuleContent(), now);
        var rubbish = new RubbishDays { GroupId = groupId };
        rubbish.Change("東台二丁目 燃えるゴミ", "毎週火・金", now);
        db.AddRange(rule, rubbish);
        await db.SaveChangesAsync();
        for (var number = 0; number < 4; number++)
        {
            db.HelpRequests.Add(new HelpRequest(groupId, RequestKind.Consultation, users[number].Id, new HelpWanted(KindOf("watch"), "", 30, 1), new RequestContent { Talk = "退院してからの買い物と、日中の見守りについて聞きたい。" }, Reader, now.AddDays(-number)));
        }

        Visit Ask(int user, string kind, string detail, int day, int hour, int minutes, int days = 0, int people = 1, int? helper = null)
        {
            var asked = now.AddDays(Math.Min(0, day) - 2);
            var request = new HelpRequest(groupId, RequestKind.Help, users[user].Id, new HelpWanted(KindOf(kind), detail, minutes, people), new RequestContent { Wishes = user % 2 == 0 ? "玄関の呼び鈴が聞こえにくいので、電話してから来てほしい。" : "" }, Reader, asked);
            var start = new TimeOnly(hour, 0);
            var visit = new Visit(request, new VisitTime(today.AddDays(day), today.AddDays(day + days), start, days == 0 ? start : new TimeOnly(16, 0)), asked);
            if (helper is { } chosen)
            {
                Give(db, visit, helpers[chosen].Id, asked);
            }

            db.AddRange(request, visit);
            return visit;
        }

        Ask(0, "shopping", "米と牛乳", 0, 14, 45, helper: 3);
        Ask(1, "outing", "市立病院の眼科", 1, 9, 120);
        Ask(2, "garden", "庭の草取り", 2, 9, 90, days: 5, people: 2);
        Ask(3, "repair", "居間の電球交換", 1, 13, 15, helper: 8);
        Ask(4, "other", "仏壇の花を替える", 3, 10, 30);
        Ask(5, "cleaning", "ふろ場の掃除", -3, 10, 60, helper: 12);
        var reported = Ask(6, "rubbish", "", -1, 8, 15, helper: 5);
        db.VisitReports.Add(new VisitReport(reported, [helpers[5].Id], new WhatHappened(VisitResult.Done, today.AddDays(-1), new TimeOnly(8, 0), new TimeOnly(8, 15), null, Incident.NearMiss, SignOff.Screen, new ReportContent { IncidentText = "階段がぬれていて、すべりそうになった。" }), ReportChannel.Page, helpers[5].Name, now));

        var weekly = new HelpRequest(groupId, RequestKind.Help, users[7].Id, new HelpWanted(KindOf("rubbish"), "", 15, 1), new RequestContent(), Reader, now.AddDays(-20));
        var follows = new HelpSeries(weekly, new SeriesTimes(new Schedule(), 1, rubbish.Id, today, null, new TimeOnly(8, 0), new TimeOnly(8, 0)));
        db.AddRange(weekly, follows);
        await series.StartAsync(follows, weekly);
        await db.SaveChangesAsync();
    }

    private static void Give(AppDb db, Visit visit, Guid helperId, DateTimeOffset at)
    {
        visit.Settle(visit.Day ?? visit.FromDay, visit.Start);
        visit.Fill(visit.Helpers);
        db.Assignments.Add(new Assignment { GroupId = visit.GroupId, VisitId = visit.Id, MemberId = helperId, Place = 0, AcceptedAt = at, ByName = Reader, Channel = ContactChannel.Phone });
    }

    private static HelpKind KindOf(string code) => HelpKind.Common.Single(kind => kind.Code == code);
}
