using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Members;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Voices;

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
        ["accounts/{id:guid}/memberships/new"] = "200 403 403 403 403 403 403",
        ["accounts/{id:guid}/memberships/{membershipId:guid}/endings/new"] = "200 403 403 403 403 403 403",
        ["audit"] = "200 403 403 403 403 403 403",
        ["confirmation-requests"] = "200 200 200 200 403 403 403",
        ["confirmation-requests/new"] = "200 200 200 200 403 403 403",
        ["figures"] = "200 200 403 403 403 403 200",
        ["exports"] = "200 200 403 403 403 403 403",
        ["groups"] = "200 200 200 200 200 403 403",
        ["groups/districts"] = "200 200 200 200 403 403 403",
        ["groups/new"] = "200 200 200 200 403 403 403",
        ["groups/prepaid"] = "200 200 200 200 200 403 403",
        ["groups/{id:guid}"] = "200 200 200 200 403 403 403",
        ["groups/{id:guid}/closings"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/closings/{closingId:guid}"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/closings/{closingId:guid}/papers"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/edit"] = "200 200 200 403 403 403 403",
        ["groups/{id:guid}/keepers"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/ledger"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/ledger/payments/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/ledger/{entryId:guid}/corrections/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/imports/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/imports/{uploadId:guid}"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/papers"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/{memberId:guid}"] = "404 404 404 404 403 403 403",      // hidden from staff by row security
        ["groups/{id:guid}/members/{memberId:guid}/card"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/members/{memberId:guid}/edit"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/tariffs"] = "200 200 200 200 403 403 403",
        ["groups/{id:guid}/tariffs/new"] = "200 200 200 403 403 403 403",
        ["groups/{id:guid}/tickets"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/tickets/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/tickets/returns/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/tickets/sales/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/tickets/{typeId:guid}"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/tickets/{typeId:guid}/sheet"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/waiting"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/waiting/{requestId:guid}/unmet-needs/new"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/weekly-plans"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/weekly-plans/{monday:datetime}"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/weekly-plans/{monday:datetime}/places/{visitId:guid}"] = "403 403 403 403 403 403 403",
        ["groups/{id:guid}/weekly-plans/{monday:datetime}/sheet"] = "403 403 403 403 403 403 403",
        ["mutual-help-reports"] = "200 200 200 200 200 403 403",
        ["mutual-help-reports/records"] = "404 404 404 404 404 404 404",      // without a group
        ["mutual-help-reports/unmet"] = "200 200 200 200 200 403 403",
        ["imports/new"] = "200 200 403 403 403 403 403",
        ["mistake-reports"] = "200 200 200 200 403 403 403",
        ["mistake-reports/{id:guid}"] = "200 200 200 403 403 403 403",
        ["organizations"] = "200 200 200 200 403 403 403",
        ["organizations/new"] = "200 200 200 200 403 403 403",
        ["organizations/{id:guid}"] = "200 200 200 200 403 403 403",
        ["organizations/{id:guid}/edit"] = "200 200 200 200 403 403 403",
        ["organizations/{id:guid}/history"] = "200 200 403 403 403 403 403",
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
        ["settings/rule"] = "200 200 403 403 403 403 403",
        ["settings/search-counts"] = "200 200 403 403 403 403 403",
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
        ["voices/{id:guid}"] = "200 200 200 200 403 403 403",
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
        var (group, member) = ((HelpGroup)null!, (Member)null!);
        await town.InAsync(async (db, _) =>
        {
            var zone = db.Areas.Single(area => area.Code == "Z1").Id;
            group = new HelpGroup(organization.Id, "よその会", GroupKind.Residents, GroupStage.Active, new DateOnly(2026, 1, 1), "x", new GroupContent(), now);
            group.Change("よその会", "", zone, GroupKind.Residents, new GroupContent(), now);
            member = new Member(group.Id, 1, new DateOnly(2026, 1, 1), now);
            member.Be(true, false, new DateOnly(2026, 1, 1));
            member.Change("会員", "", "", "", new MemberContent(), now);
            db.AddRange(group, member);
            db.AddRange(revision, report, voice, organization, new Organization("O-2", new OrganizationContent { Name = "なかまの会" }, now));
            await db.SaveChangesAsync();
        });
        await town.AddAccountAsync(Role.Officer);
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
            var path = route.With(name => name == "monday" ? "2026-11-16" : name == "membershipId" ? $"{membership}" : name == "memberId" ? $"{member.Id}" : name is "closingId" or "entryId" or "typeId" or "uploadId" ? $"{Guid.NewGuid()}" : route.Text.Split('/')[0] switch
            {
                "records" => $"{id}", "revisions" => $"{revision.Id}", "mistake-reports" => $"{report.Id}", "voices" => $"{voice.Id}", "organizations" => $"{organization.Id}", "accounts" => $"{account}", "groups" => $"{group.Id}", _ => "",
            });
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
