using System.Net;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Bodies;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Departments;
using Sasaeai.Features.Fundings;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Imports;
using Sasaeai.Features.Indicators;
using Sasaeai.Features.Initiatives;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Members;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Outreaches;
using Sasaeai.Features.Postings;
using Sasaeai.Features.Plans;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Subsidies;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Tickets;
using Sasaeai.Features.UnmetNeeds;
using Sasaeai.Features.VisitReports;
using Sasaeai.Features.Visits;
using Sasaeai.Features.Voices;
using Sasaeai.Features.WeeklyPlans;
using Sasaeai.Tests.Features.Groups;
using Sasaeai.Tests.Features.Meetings;

namespace Sasaeai.Tests.Web;

/// <summary>Every address with an id, asked for with every kind of id of another town.</summary>
public class ForeignIdTests(TestApp app)
{
    private const string Secret = "よその町のひみつ";

    /// <summary>A record of every kind that has an id, all with a name that must show up nowhere else.</summary>
    private static async Task<IReadOnlyList<Guid>> FillAsync(Town town)
    {
        var now = DateTimeOffset.UtcNow;
        var published = await town.PublishAsync(Secret, ["1001"], content => content with { Description = Secret });
        await town.AddAccountAsync(Role.Administrator);
        var council = await town.AddCouncilAsync(Secret);
        var (member, meeting) = (await town.AddMemberAsync(council, Secret), await town.AddMeetingAsync(MeetingTown.Today, council, agenda: Secret));
        var (decision, task, paper) = await town.AddOutcomesAsync(meeting, Secret);
        return await town.InAsync(async (db, _) =>
        {
            var setting = await ResourceSetting.LoadAsync(db, DateOnly.FromDateTime(DateTime.UtcNow));
            var draft = new Resource("R-draft", new ResourceContent { Name = Secret, Categories = ["1001"] }, setting, now);
            var account = db.Accounts.Single();
            account.Rename(Secret, Secret);
            var organization = new Organization("O-1", new OrganizationContent { Name = Secret }, now);
            var activity = new ActivityRecord { AccountId = account.Id, ByName = Secret, CreatedAt = now };
            activity.Write(new ActivityContent { OnDay = DateOnly.FromDateTime(DateTime.UtcNow), What = Secret }, Guid.NewGuid(), 1, now);
            var posting = new Posting { Kind = PostingKind.Counsellor, PersonName = Secret, AreaId = db.Areas.First().Id, Employer = Employer.City, IsEntrusted = false };
            posting.Last(new(2026, 4, 1), null);
            var indicator = new Indicator(new DefinitionCard { Name = Secret, Unit = "回", Layer = IndicatorLayer.First, RuleCode = "meetings", Counting = Secret, FromYear = 2018 }, 1, Secret, now);
            var fee = new EntrustedFee { FiscalYear = 2019, Project = Project.Comprehensive };
            fee.Set(Secret, Secret, 1);
            var department = new Department { Name = Secret };
            var (hall, owner) = (new Body { DepartmentId = department.Id }, new Body { OrganizationId = organization.Id });
            var issue = new Issue { Title = Secret, OwnerId = owner.Id, CreatedAt = now, CreatedBy = Secret };
            var (handover, move) = Handover.Hand(issue, hall.Id, new Asking(Secret, null, "", Secret, Secret, now.Day(), now.Day()), [], now.Day(), Mover.Of(Actor.Command, now));
            var group = new HelpGroup(organization.Id, Secret, GroupKind.Residents, GroupStage.Active, new DateOnly(2026, 1, 1), Secret, new GroupContent { Description = Secret }, now);
            var helper = new Member(group.Id, 1, new DateOnly(2026, 1, 1), now) { SharedOn = new DateOnly(2026, 1, 1) };
            helper.Be(true, true, new DateOnly(2026, 1, 1));
            helper.Change(Secret, Secret, "0999-00-0000", Secret, new MemberContent { Care = Secret }, now);
            var request = new HelpRequest(group.Id, RequestKind.Help, helper.Id, new HelpWanted(HelpKind.Common[0], Secret, 30, 1), new RequestContent { Wishes = Secret }, Secret, now);
            var visit = new Visit(request, new VisitTime(new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 1), new TimeOnly(9, 0), new TimeOnly(9, 0)), now);
            var assignment = new Assignment { GroupId = group.Id, VisitId = visit.Id, Place = 0, MemberId = helper.Id, AcceptedAt = now, ByName = Secret, Channel = ContactChannel.Phone };
            var reported = new VisitReport(visit, [helper.Id], new WhatHappened(VisitResult.Done, new DateOnly(2026, 1, 1), new TimeOnly(9, 0), new TimeOnly(9, 30), null, Incident.NearMiss, SignOff.None, new ReportContent { IncidentText = Secret }), ReportChannel.Phone, Secret, now);
            var subsidy = new SubsidyRule();
            subsidy.CountKinds(Secret, [], 5, 50);
            var proposal = new WeeklyProposal { GroupId = group.Id, Monday = new DateOnly(2026, 11, 16) };
            proposal.Make(new ProposalContent(), Secret, now);
            TownRecord[] added =
            [
                draft, organization, department, hall, owner, issue, handover, move!, group, helper, request, visit, assignment, reported, proposal, subsidy,
                new UnmetNeed(request, null, UnmetReason.NoHelper, Secret, new DateOnly(2026, 1, 2)),
                new Initiative { Title = Secret, AreaId = db.Areas.First().Id, Aim = Secret, StartsOn = now.Day(), CreatedAt = now, CreatedBy = Secret },
                new Keeper { GroupId = group.Id, Name = Secret, StartsOn = new DateOnly(2026, 1, 1) },
                new TicketType { GroupId = group.Id, Unit = 2, Name = Secret, Minutes = 15, FaceYen = 150, Paper = true, CreatedAt = now },
                new Tariff { GroupId = group.Id, StartsOn = new DateOnly(2026, 1, 1), Rules = new TariffRules(), CreatedAt = now, ByName = Secret },
                new Revision { ResourceId = published, BaseVersion = 1, Content = new ResourceContent { Name = Secret, Categories = ["1001"] }, Source = RevisionSource.Staff, ByName = Secret, CreatedAt = now },
                new MistakeReport { ResourceId = published, Receipt = "1111-1111", Text = Secret, CreatedAt = now },
                new Attachment { ResourceId = published, Kind = AttachmentKind.Photo, MediaType = "image/png", FileName = Secret, Caption = Secret, Bytes = [1], ConsentedOn = DateOnly.FromDateTime(DateTime.UtcNow), CreatedAt = now, CreatedBy = Secret },
                new Voice { Receipt = "2222-2222", Source = VoiceSource.PublicForm, Text = Secret, CreatedAt = now },
                new ConfirmationRequest { ResourceId = published, TokenDigest = ConfirmationRequest.Digest("foreign"), SentHow = SentHow.Letter, SentAt = now, SentBy = Secret, ExpiresAt = now.AddDays(1) },
                activity, posting, indicator, indicator.First!, fee,
                new Plan { Number = 7, Title = Secret, CreatedAt = now },
                PlanText.Write(new PlanPlace(2019, PlanTextKind.Situation, PlanSection.Meetings), null, Secret, Secret, now),
                new ActivityPhoto { ActivityRecordId = activity.Id, MediaType = "image/png", FileName = Secret, Bytes = [1], CreatedAt = now },
                new Outreach { Kind = OutreachKind.Forum, OnDay = new(2026, 4, 1), Place = Secret, Layer = 1, HeadCount = 1, Content = Secret, ByName = Secret, CreatedAt = now },
                new ImportUpload { AccountId = account.Id, Noun = "resource", FileName = Secret, Bytes = [1], CreatedAt = now, ExpiresAt = now.AddHours(1) },
            ];
            db.AddRange(added.AsEnumerable<object>());
            await db.SaveChangesAsync();
            return (IReadOnlyList<Guid>)[published, account.Id, db.Memberships.Single().Id, db.Set<Trouble>().Single().Id, db.Set<Synonym>().Single().Id, db.Set<Category>().First().Id, db.Areas.First().Id, council, member, meeting, decision, task, paper, db.AgendaItems.Single().Id, .. added.Select(record => record.Id)];
        });
    }

    private async Task<IReadOnlyList<Routes.Route>> RoutesAsync() => [.. (await Routes.AllAsync(app)).Where(route => route.Ids.Any() && !route.Text.StartsWith("/patterns", StringComparison.Ordinal))];

    private static string TokenOf(AngleSharp.Dom.IDocument page) => page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    private static IEnumerable<HttpRequestMessage> Asks(Routes.Route route, string path, string token) =>
        [new(HttpMethod.Get, path), .. route.Posts.Select(handler => new HttpRequestMessage(HttpMethod.Post, handler == "" ? path : $"{path}?handler={handler}")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["Form.Name"] = "x", ["Form.Note"] = "x", ["Form.Text"] = "x" }),
        })];

    [Fact]
    public async Task No_address_shows_or_changes_a_record_of_another_town_and_the_try_is_noted()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var foreign = await FillAsync(other);
        await town.AddAccountAsync(Role.Administrator);
        var own = (Guid)(await town.ScalarAsync($"select account_id from app.membership where municipality_id = {town.Id} limit 1"))!;
        var before = await other.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {other.Id}");
        var routes = await RoutesAsync();
        Assert.True(routes.Count >= 20, $"only {routes.Count} addresses with ids");
        var wrong = new List<string>();
        foreach (var route in routes)
        {
            using var client = await app.SignedInAsync(town, Role.Administrator);     // a new person for each, since only 30 tries a minute are noted
            var token = TokenOf(await client.GetPageAsync("accounts/new"));
            var paths = foreign.Select(id => route.With(name => name is "membershipId" or "attachment" or "member" or "memberId" or "paper" || route.Ids.Count() == 1 || foreign[0] == id ? id.ToString() : own.ToString())).ToList();
            foreach (var ask in paths.SelectMany(path => Asks(route, path, token)))
            {
                using var answer = await client.SendAsync(ask, TestContext.Current.CancellationToken);
                if (answer.StatusCode != HttpStatusCode.NotFound || (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains(Secret, StringComparison.Ordinal))
                {
                    wrong.Add($"{ask.Method} {route.Text} {ask.RequestUri}: {(int)answer.StatusCode}");
                }
            }

            var noted = (long)(await town.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {town.Id} and verb = 'not_found' and noun = '{route.Text}' and account_id is not null and record_id like '%{foreign[0]}%'"))!;
            if (noted == 0)
            {
                wrong.Add($"{route.Text}: not noted");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await other.ScalarAsync($"select count(*) from app.audit_entry where municipality_id = {other.Id}"));
    }

    [Fact]
    public async Task A_keeper_reaches_no_record_of_another_group_of_the_same_town()
    {
        var group = await GroupTown.CreateAsync(app);
        var foreign = await FillAsync(group.Town);
        using var client = await group.KeeperAsync();
        var token = TokenOf(await client.GetPageAsync($"groups/{group.GroupId}/tickets/new"));
        var wrong = new List<string>();
        foreach (var route in (await RoutesAsync()).Where(route => route.Text.StartsWith("groups/{id:guid}", StringComparison.Ordinal)))
        {
            foreach (var ask in foreign.SelectMany(id => Asks(route, route.With(name => name == "id" && route.Ids.Count() > 1 ? $"{group.GroupId}" : $"{id}"), token)))
            {
                using var answer = await client.SendAsync(ask, TestContext.Current.CancellationToken);
                if (answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Forbidden) || (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains(Secret, StringComparison.Ordinal))
                {
                    wrong.Add($"{ask.Method} {route.Text} {ask.RequestUri}: {(int)answer.StatusCode}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_visitor_finds_nothing_or_is_asked_to_sign_in()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var foreign = await FillAsync(other);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.UrlOf(town) };
        var token = TokenOf(await client.GetPageAsync("voices/new"));
        var wrong = new List<string>();
        foreach (var route in await RoutesAsync())
        {
            foreach (var ask in foreign.SelectMany(id => Asks(route, route.With(_ => id.ToString()), token)))
            {
                using var answer = await client.SendAsync(ask, TestContext.Current.CancellationToken);
                var asked = answer.StatusCode == HttpStatusCode.Unauthorized || answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/sign-ins/new?back=", StringComparison.Ordinal);
                if (route.IsPublic ? answer.StatusCode != HttpStatusCode.NotFound : !asked)
                {
                    wrong.Add($"{ask.Method} {route.Text}: {(int)answer.StatusCode}");
                }

                Assert.DoesNotContain(Secret, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
