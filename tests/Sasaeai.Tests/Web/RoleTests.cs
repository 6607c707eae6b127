using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Bodies;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Departments;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.Initiatives;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Members;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Outreaches;
using Sasaeai.Features.Postings;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Voices;
using Sasaeai.Tests.Features.Meetings;

namespace Sasaeai.Tests.Web;

/// <summary>What each role gets of each page that is not public.</summary>
public class RoleTests(TestApp app)
{
    // 管理者, 職員, SC of the record's area, SC of another area, 世話人 of another group, 委員, 県
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["account"] = "200 200 200 200 200 200 200",
        ["account/password/edit"] = "200 200 200 200 200 200 200",
        ["account/recovery-codes"] = "200 200 200 200 200 200 200",
        ["account/recovery-codes/new"] = "200 200 200 200 200 200 200",
        ["account/second-factor/new"] = "200 200 200 200 200 200 200",
        ["accounts"] = "200 200 403 403 403 403 403",
        ["accounts/new"] = "200 403 403 403 403 403 403",
        ["accounts/{id:guid}"] = "200 200 403 403 403 403 403",
        ["accounts/{id:guid}/closings/new"] = "200 403 403 403 403 403 403",
        ["accounts/{id:guid}/edit"] = "200 403 403 403 403 403 403",
        ["accounts/{id:guid}/reopenings/new"] = "200 403 403 403 403 403 403",
        ["accounts/{id:guid}/memberships/new"] = "200 403 403 403 403 403 403",
        ["accounts/{id:guid}/memberships/{membershipId:guid}/endings/new"] = "200 403 403 403 403 403 403",
        ["activities"] = "200 200 200 200 403 403 403",
        ["activities/calendar"] = "200 200 200 200 403 403 403",
        ["activities/diary"] = "200 200 200 200 403 403 403",
        ["activities/drafts"] = "200 200 200 200 403 403 403",
        ["activities/new"] = "200 200 200 200 403 403 403",
        ["activities/offline"] = "200 200 200 200 403 403 403",
        ["activities/{id:guid}"] = "403 403 200 403 403 403 403",
        ["activities/{id:guid}/evidence/new"] = "403 403 200 403 403 403 403",
        ["activities/{id:guid}/edit"] = "403 403 403 403 403 403 403",
        ["activities/{id:guid}/photos/{photo:guid}"] = "403 403 404 403 403 403 403",
        ["activity-reports"] = "200 200 200 200 403 403 403",
        ["activity-reports/{code:length(4,7)}"] = "200 200 200 200 403 403 403",
        ["activity-reports/{code:length(4,7)}/edit"] = "200 200 200 200 403 403 403",
        ["annual-reports"] = "200 200 200 200 403 200 403",
        ["annual-reports/{year}"] = "200 200 200 200 403 200 403",
        ["annual-reports/{year:int}/texts/edit"] = "200 200 403 403 403 403 403",
        ["audit"] = "200 403 403 403 403 403 403",
        ["confirmation-requests"] = "200 200 200 200 403 403 403",
        ["confirmation-requests/new"] = "200 200 200 200 403 403 403",
        ["councils"] = "200 200 200 200 403 403 403",
        ["councils/new"] = "200 200 200 200 403 403 403",
        ["councils/{id:guid}"] = "200 200 200 200 403 403 403",
        ["councils/{id:guid}/edit"] = "200 200 200 403 403 403 403",
        ["councils/{id:guid}/members"] = "200 200 200 200 403 403 403",
        ["councils/{id:guid}/members/new"] = "200 200 200 403 403 403 403",
        ["councils/{id:guid}/members/{member:guid}"] = "200 200 200 403 403 403 403",
        ["councils/{id:guid}/progress"] = "200 200 200 200 403 403 403",
        ["councils/{id:guid}/stages/new"] = "200 200 200 403 403 403 403",
        ["decisions/{id:guid}/endings/new"] = "200 200 200 403 403 403 403",
        ["meeting-tasks"] = "200 200 200 200 403 403 403",
        ["meeting-tasks/{id:guid}/endings/new"] = "200 200 200 403 403 403 403",
        ["meetings"] = "200 200 200 200 403 403 403",
        ["meetings/counts"] = "200 200 200 200 403 403 403",
        ["meetings/new"] = "200 200 200 200 403 403 403",
        ["meetings/{id:guid}"] = "200 200 200 200 403 403 403",
        ["meetings/{id:guid}/agenda"] = "200 200 200 403 403 403 403",
        ["meetings/{id:guid}/attendances"] = "200 200 200 403 403 403 403",
        ["meetings/{id:guid}/attendances/sheet"] = "200 200 200 403 403 403 403",
        ["meetings/{id:guid}/cancellations/new"] = "200 200 200 403 403 403 403",
        ["meetings/{id:guid}/edit"] = "200 200 200 403 403 403 403",
        ["meetings/{id:guid}/invitations/new"] = "200 200 200 403 403 403 403",
        ["meetings/{id:guid}/minutes"] = "200 200 200 200 403 403 403",
        ["meetings/{id:guid}/minutes/edit"] = "200 200 200 403 403 403 403",
        ["meetings/{id:guid}/minutes/file"] = "200 200 200 200 403 403 403",
        ["meetings/{id:guid}/minutes/history"] = "200 200 200 200 403 403 403",
        ["meetings/{id:guid}/papers"] = "200 200 200 403 403 403 403",
        ["meetings/{id:guid}/papers/{paper:guid}/file"] = "200 200 200 200 403 403 403",
        ["meetings/{id:guid}/summary"] = "200 200 200 403 403 403 403",
        ["figures"] = "200 200 403 403 403 403 200",
        ["counts"] = "200 200 200 200 403 403 403",
        ["dashboard"] = "200 200 200 200 403 200 200",
        ["exports"] = "200 200 403 403 403 403 403",
        ["hand-over-packs"] = "200 200 200 200 403 403 403",
        ["hand-over-packs/{id:guid}"] = "200 200 403 403 403 403 403",
        ["fundings"] = "200 200 200 200 403 403 403",
        ["fundings/edit"] = "200 200 403 403 403 403 403",
        ["fundings/entrusted-fees/edit/{id:guid?}"] = "200 200 403 403 403 403 403",
        ["groups"] = "200 200 200 200 200 403 403",
        ["groups/districts"] = "200 200 200 200 403 403 403",
        ["groups/new"] = "200 200 200 200 403 403 403",
        ["groups/prepaid"] = "200 200 200 200 200 403 403",
        ["groups/{id:guid}"] = "200 200 200 200 403 403 403",
        ["groups/{id:guid}/cash-book"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/closings"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/closings/{closingId:guid}"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/closings/{closingId:guid}/papers"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/edit"] = "200 200 200 403 403 403 403",
        ["groups/{id:guid}/keepers"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/ledger"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/ledger/payments/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/ledger/points/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/ledger/{entryId:guid}/corrections/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/erasures/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/imports/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/imports/{uploadId:guid}"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/imports/{uploadId:guid}/undoings/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/papers"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/{memberId:guid}"] = "404 404 404 404 403 403 403",      // hidden from staff by row security
        ["groups/{id:guid}/members/{memberId:guid}/card"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/{memberId:guid}/copy"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/{memberId:guid}/edit"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/tariffs"] = "200 200 200 200 403 403 403",
        ["groups/{id:guid}/tariffs/new"] = "200 200 200 403 403 403 403",
        ["groups/{id:guid}/tickets"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/tickets/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/tickets/expiries/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/tickets/returns/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/tickets/sales/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/tickets/{typeId:guid}"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/tickets/{typeId:guid}/sheet"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/announcements"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/assignments/{assignmentId:guid}/endings/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/hand-over"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/keepers/{keeperId:guid}/edit"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/sheet"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/requests/{requestId:guid}/edit"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/requests/{requestId:guid}/visits/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/help-categories"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/help-categories/{categoryId:guid}/edit"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/help-rule"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/helper-links/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/incidents"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/requests"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/requests/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/requests/{requestId:guid}"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/requests/{requestId:guid}/series/edit"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/ride-checks/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/rubbish-days"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/visit-reports/sheet"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/visit-reports/{reportId:guid}"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/visits"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/visits/{visitId:guid}"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/visits/{visitId:guid}/accompaniments/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/visits/{visitId:guid}/cancellations/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/visits/{visitId:guid}/edit"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/visits/{visitId:guid}/introductions/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/visits/{visitId:guid}/offers/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/visits/{visitId:guid}/reports/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/visits/{visitId:guid}/slip"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/waiting"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/waiting/{requestId:guid}/unmet-needs/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/weekly-plans"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/weekly-plans/{monday:datetime}"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/weekly-plans/{monday:datetime}/places/{visitId:guid}"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/weekly-plans/{monday:datetime}/sheet"] = "403 403 403 403 403 403 403",
        ["mutual-help-reports"] = "200 200 200 200 200 403 403",
        ["mutual-help-reports/people"] = "404 404 404 404 404 404 403",      // without a group
        ["mutual-help-reports/records"] = "404 404 404 404 404 404 403",      // without a group
        ["mutual-help-reports/subsidies"] = "200 200 200 200 200 403 403",
        ["mutual-help-reports/unmet"] = "200 200 200 200 200 403 403",
        ["imports/new"] = "200 200 403 403 403 403 403",
        ["indicators"] = "200 200 200 200 403 403 403",
        ["indicators/new"] = "200 200 403 403 403 403 403",
        ["indicators/{id:guid}"] = "200 200 200 200 403 403 403",
        ["indicators/{id:guid}/definitions/new"] = "200 200 403 403 403 403 403",
        ["indicators/{id:guid}/endings/new"] = "200 200 403 403 403 403 403",
        ["indicators/{id:guid}/values"] = "200 200 200 200 403 403 403",
        ["indicators/{id:guid}/values/new"] = "200 200 403 403 403 403 403",
        ["handovers"] = "200 200 200 200 403 403 403",
        ["handovers/{id:guid}"] = "200 200 200 200 403 403 403",
        ["handovers/{id:guid}/answers/new"] = "200 200 403 403 403 403 403",
        ["handovers/{id:guid}/receptions/new"] = "200 200 403 403 403 403 403",
        ["handovers/{id:guid}/returns/new"] = "200 200 200 403 403 403 403",
        ["initiatives"] = "200 200 200 200 403 403 403",
        ["initiatives/new"] = "200 200 200 200 403 403 403",
        ["initiatives/road-map"] = "200 200 200 200 403 403 403",
        ["initiatives/{id:guid}"] = "200 200 200 200 403 403 403",
        ["initiatives/{id:guid}/edit"] = "200 200 200 403 403 403 403",
        ["initiatives/{id:guid}/steps/new"] = "200 200 200 403 403 403 403",
        ["issues"] = "200 200 200 200 403 403 403",
        ["issues/board"] = "200 200 200 200 403 403 403",
        ["issues/board/events"] = "406 406 406 406 403 403 403",
        ["issues/new"] = "200 200 200 200 403 403 403",
        ["issues/{id:guid}"] = "200 200 200 200 403 403 403",
        ["issues/{id:guid}/chain"] = "200 200 200 200 403 403 403",
        ["issues/{id:guid}/closings/new"] = "200 200 200 403 403 403 403",
        ["issues/{id:guid}/edit"] = "200 200 200 403 403 403 403",
        ["issues/{id:guid}/evidence/new"] = "200 200 200 403 403 403 403",
        ["issues/{id:guid}/handovers/new"] = "200 200 200 403 403 403 403",
        ["issues/{id:guid}/mergings/new"] = "200 200 200 403 403 403 403",
        ["issues/{id:guid}/reopenings/new"] = "200 200 200 403 403 403 403",
        ["issues/{id:guid}/resources"] = "200 200 200 403 403 403 403",
        ["issues/{id:guid}/unmergings/new"] = "200 200 200 403 403 403 403",
        ["issues/{id:guid}/voices/new"] = "200 200 200 403 403 403 403",
        ["measures"] = "200 200 200 200 403 403 200",
        ["mistake-reports"] = "200 200 200 200 403 403 403",
        ["mistake-reports/{id:guid}"] = "200 200 200 403 403 403 403",
        ["organizations"] = "200 200 200 200 403 403 403",
        ["organizations/new"] = "200 200 200 200 403 403 403",
        ["organizations/{id:guid}"] = "200 200 200 200 403 403 403",
        ["organizations/{id:guid}/edit"] = "200 200 200 200 403 403 403",
        ["organizations/{id:guid}/history"] = "200 200 403 403 403 403 403",
        ["outreaches"] = "200 200 200 200 403 403 403",
        ["outreaches/new"] = "200 200 200 200 403 403 403",
        ["outreaches/{id:guid}/edit"] = "200 200 403 403 403 403 403",
        ["postings"] = "200 200 200 200 403 403 403",
        ["postings/new"] = "200 200 403 403 403 403 403",
        ["postings/{id:guid}/edit"] = "200 200 403 403 403 403 403",
        ["plans"] = "200 200 200 200 403 403 403",
        ["plans/new"] = "200 200 403 403 403 403 403",
        ["plans/{id:guid}"] = "200 200 200 200 403 403 403",
        ["plans/{id:guid}/edit"] = "200 200 403 403 403 403 403",
        ["records"] = "200 200 200 200 200 403 403",
        ["records/file"] = "200 200 200 200 200 403 403",
        ["records/new"] = "200 200 200 200 200 403 403",
        ["records/{id:guid}"] = "200 200 200 200 403 403 403",
        ["records/{id:guid}/attachments"] = "200 200 200 200 403 403 403",
        ["records/{id:guid}/edit"] = "200 200 200 403 403 403 403",
        ["records/{id:guid}/endings/new"] = "200 200 200 403 403 403 403",
        ["records/{id:guid}/history"] = "200 200 200 200 403 403 403",
        ["records/{id:guid}/republications/new"] = "200 200 403 403 403 403 403",
        ["revisions"] = "200 200 200 200 200 403 403",
        ["revisions/{id:guid}"] = "200 200 200 200 403 403 403",
        ["settings"] = "200 200 403 403 403 403 403",
        ["settings/areas"] = "200 200 403 403 403 403 403",
        ["settings/categories"] = "200 200 403 403 403 403 403",
        ["settings/categories/edit/{id:guid?}"] = "200 200 403 403 403 403 403",
        ["settings/codes"] = "200 200 403 403 403 403 403",
        ["settings/codes/edit"] = "200 200 403 403 403 403 403",
        ["settings/departments"] = "200 200 403 403 403 403 403",
        ["settings/departments/edit/{id:guid?}"] = "200 200 403 403 403 403 403",
        ["settings/rule"] = "200 200 403 403 403 403 403",
        ["settings/search-counts"] = "200 200 403 403 403 403 403",
        ["settings/subsidies"] = "200 200 403 403 403 403 403",
        ["settings/subsidies/edit/{id:guid?}"] = "200 200 403 403 403 403 403",
        ["settings/synonyms"] = "200 200 403 403 403 403 403",
        ["settings/synonyms/edit/{id:guid?}"] = "200 200 403 403 403 403 403",
        ["settings/troubles"] = "200 200 403 403 403 403 403",
        ["settings/troubles/edit/{id:guid?}"] = "200 200 403 403 403 403 403",
        ["sign-out"] = "200 200 200 200 200 200 200",
        ["today"] = "200 200 200 200 200 200 403",
        ["verifications"] = "200 200 200 200 403 403 403",
        ["verifications/debt"] = "200 200 200 200 403 403 403",
        ["verifications/sheet"] = "200 200 200 200 403 403 403",
        ["voices"] = "200 200 200 200 403 403 403",
        ["voices/entries/new"] = "200 200 200 200 403 403 403",
        ["voices/unmet"] = "200 200 200 200 403 403 403",
        ["voices/{id:guid}"] = "200 200 200 200 403 403 403",
        ["voices/{id:guid}/closings/new"] = "200 200 200 200 403 403 403",
        ["voices/{id:guid}/edit"] = "200 200 200 200 403 403 403",
        ["voices/{id:guid}/summaries/new"] = "200 200 200 200 403 403 403",
        ["voices/{id:guid}/takings/new"] = "200 200 200 200 403 403 403",
    };

    [Fact]
    public async Task Each_page_is_open_to_the_roles_that_need_it_only()
    {
        var town = await app.CreateTownAsync();
        var id = await town.PublishAsync("ふれあいサロン", ["1001"]);
        var now = DateTimeOffset.UtcNow;
        var (revision, report, voice, organization) = (
            new Revision { ResourceId = id, BaseVersion = 1, Content = new ResourceContent { Name = "x", Categories = ["1001"] }, Source = RevisionSource.Staff, ByName = "x", CreatedAt = now },
            new MistakeReport { ResourceId = id, Receipt = "1111-1111", Text = "x", CreatedAt = now },
            new Voice { Receipt = "2222-2222", Source = VoiceSource.PublicForm, Text = "x", CreatedAt = now },
            new Organization("O-1", new OrganizationContent { Name = "よその会" }, now));
        var (group, helper) = ((HelpGroup)null!, (Member)null!);
        await town.InAsync(async (db, _) =>
        {
            var zone = db.Areas.Single(area => area.Code == "Z1").Id;
            group = new HelpGroup(organization.Id, "よその会", GroupKind.Residents, GroupStage.Active, new DateOnly(2026, 1, 1), "x", new GroupContent(), now);
            group.Change("よその会", "", zone, GroupKind.Residents, new GroupContent(), now);
            helper = new Member(group.Id, 1, new DateOnly(2026, 1, 1), now);
            helper.Be(true, false, new DateOnly(2026, 1, 1));
            helper.Change("会員", "", "", "", new MemberContent(), now);
            db.AddRange(group, helper);
            db.AddRange(revision, report, voice, organization, new Organization("O-2", new OrganizationContent { Name = "なかまの会" }, now));
            await db.SaveChangesAsync();
        });
        var officer = await town.AddAccountAsync(Role.Officer);
        var activity = await Features.ActivityRecords.ActivityRecordTests.RecordAsync(town, officer, (await Features.ActivityRecords.ActivityRecordTests.ContentAsync(town)) with { Audience = Sasaeai.Features.ActivityRecords.ActivityAudience.Area });
        var (outreach, posting) = await town.InAsync(async (db, _) =>
        {
            var told = new Outreach { Kind = OutreachKind.Forum, OnDay = new(2026, 4, 1), Place = "x", Layer = 1, HeadCount = 1, Content = "x", ByName = "x", CreatedAt = now };
            var posted = new Posting { Kind = PostingKind.Counsellor, PersonName = "x", AreaId = db.Areas.First().Id, Employer = Employer.City, IsEntrusted = false };
            posted.Last(new(2026, 4, 1), null);
            db.AddRange(told, posted);
            await db.SaveChangesAsync();
            return (told.Id, posted.Id);
        });
        var (plan, indicator, fee) = (
            await Features.Indicators.IndicatorTests.PlanAsync(town, 9),
            await Features.Indicators.IndicatorTests.AddAsync(town, new() { Name = "x", Unit = "x", Layer = Sasaeai.Features.Indicators.IndicatorLayer.First, RuleCode = "meetings", Counting = "x", FromYear = 2018 }),
            await Features.Fundings.FundingTests.AddFeeAsync(town));
        var sitting = await town.AddCouncilAsync();
        var (member, meeting) = (await town.AddMemberAsync(sitting, "x"), await town.AddMeetingAsync(MeetingTown.Today, sitting, agenda: "x"));
        var (decision, task, paper) = await town.AddOutcomesAsync(meeting, "x");
        var (issue, handover, initiative) = await town.InAsync(async (db, _) =>
        {
            var zone = db.Areas.Single(area => area.Code == "Z1").Id;
            var council = new Council { Name = "協議体", Kind = CouncilKind.Council, Layer = 2, AreaId = zone, CreatedAt = now };
            var department = new Department { Name = "課" };
            var (from, to) = (new Body { CouncilId = council.Id }, new Body { DepartmentId = department.Id });
            var raised = new Issue { Title = "x", OwnerId = from.Id, AreaId = zone, CreatedAt = now, CreatedBy = "x" };
            var (asked, move) = Handover.Hand(raised, to.Id, new Asking("x", null, "", "x", "x", now.Day(), now.Day()), [], now.Day(), Mover.Of(Actor.Command, now));
            var begun = new Initiative { Title = "x", AreaId = zone, Aim = "x", StartsOn = now.Day(), CreatedAt = now, CreatedBy = "x" };
            db.AddRange(council, department, from, to, raised, asked, move!, begun);
            await db.SaveChangesAsync();
            return (raised, asked, begun);
        });
        var account = await town.ScalarAsync($"select account_id from app.membership where municipality_id = {town.Id}");
        var membership = await town.ScalarAsync($"select id from app.membership where municipality_id = {town.Id}");
        HttpClient[] people =
        [
            await app.SignedInAsync(town, Role.Administrator), await app.SignedInAsync(town, Role.Officer), await app.SignedInAsync(town, Role.Coordinator), await app.SignedInAsync(town, Role.Coordinator, "Z2"),
            await app.SignedInAsync(town, Role.GroupKeeper, organization: "O-2"), await app.SignedInAsync(town, Role.CouncilMember), await app.SignedInAsync(town, Role.Prefecture),
        ];

        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var route in (await Routes.AllAsync(app)).Where(route => !route.IsPublic && !route.Text.EndsWith("/index", StringComparison.Ordinal) && !route.Text.Contains("attachment:", StringComparison.Ordinal) && !route.Text.StartsWith("imports/{", StringComparison.Ordinal)))
        {
            var path = route.With(name => name switch { "membershipId" => $"{membership}", "member" => $"{member}", "memberId" => $"{helper.Id}", "closingId" or "entryId" or "typeId" or "uploadId" or "requestId" or "visitId" or "reportId" or "assignmentId" => $"{Guid.NewGuid()}", "paper" => $"{paper}", _ => route.Text.Split('/')[0] switch
            {
                "records" => $"{id}", "revisions" => $"{revision.Id}", "mistake-reports" => $"{report.Id}", "voices" => $"{voice.Id}", "issues" => $"{issue.Id}", "handovers" => $"{handover.Id}", "initiatives" => $"{initiative.Id}", "organizations" => $"{organization.Id}", "accounts" or "hand-over-packs" => $"{account}", "activities" => $"{activity}", "outreaches" => $"{outreach}", "postings" => $"{posting}", "activity-reports" => "2026", "plans" => $"{plan}", "indicators" => $"{indicator}", "fundings" => $"{fee}", "annual-reports" => "2019", "groups" => $"{group.Id}", "councils" => $"{sitting}", "meetings" => $"{meeting}", "decisions" => $"{decision}", "meeting-tasks" => $"{task}", _ => "",
            } });
            var answers = new List<string>();
            foreach (var person in people)
            {
                using var answer = await person.GetAsync(path, TestContext.Current.CancellationToken);
                answers.Add($"{(int)answer.StatusCode}");
            }

            found[route.Text] = string.Join(' ', answers);
        }

        var wrong = found.Keys.Union(Expected.Keys).Where(path => found.GetValueOrDefault(path) != Expected.GetValueOrDefault(path)).Select(path => $"[\"{path}\"] = \"{found.GetValueOrDefault(path)}\", expected {Expected.GetValueOrDefault(path)}");
        Assert.True(!wrong.Any(), string.Join('\n', wrong));
    }
}
