using System.Net;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Imports;
using Sasaeai.Features.Members;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Tickets;
using Sasaeai.Features.Voices;

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
        return await town.InAsync(async (db, _) =>
        {
            var setting = await ResourceSetting.LoadAsync(db, DateOnly.FromDateTime(DateTime.UtcNow));
            var draft = new Resource("R-draft", new ResourceContent { Name = Secret, Categories = ["1001"] }, setting, now);
            var account = db.Accounts.Single();
            account.Rename(Secret, Secret);
            var organization = new Organization("O-1", new OrganizationContent { Name = Secret }, now);
            var group = new HelpGroup(organization.Id, Secret, GroupKind.Residents, GroupStage.Active, new DateOnly(2026, 1, 1), Secret, new GroupContent { Description = Secret }, now);
            var member = new Member(group.Id, 1, new DateOnly(2026, 1, 1), now) { SharedOn = new DateOnly(2026, 1, 1) };
            member.Be(true, true, new DateOnly(2026, 1, 1));
            member.Change(Secret, Secret, "0999-00-0000", Secret, new MemberContent { Care = Secret }, now);
            TownRecord[] added =
            [
                draft, organization, group, member,
                new Keeper { GroupId = group.Id, Name = Secret, StartsOn = new DateOnly(2026, 1, 1) },
                new TicketType { GroupId = group.Id, Unit = 2, Name = Secret, Minutes = 15, FaceYen = 150, Paper = true, CreatedAt = now },
                new Tariff { GroupId = group.Id, StartsOn = new DateOnly(2026, 1, 1), Rules = new TariffRules(), CreatedAt = now, ByName = Secret },
                new Revision { ResourceId = published, BaseVersion = 1, Content = new ResourceContent { Name = Secret, Categories = ["1001"] }, Source = RevisionSource.Staff, ByName = Secret, CreatedAt = now },
                new MistakeReport { ResourceId = published, Receipt = "1111-1111", Text = Secret, CreatedAt = now },
                new Attachment { ResourceId = published, Kind = AttachmentKind.Photo, MediaType = "image/png", FileName = Secret, Caption = Secret, Bytes = [1], ConsentedOn = DateOnly.FromDateTime(DateTime.UtcNow), CreatedAt = now, CreatedBy = Secret },
                new Voice { Receipt = "2222-2222", Source = VoiceSource.PublicForm, Text = Secret, CreatedAt = now },
                new ConfirmationRequest { ResourceId = published, TokenDigest = ConfirmationRequest.Digest("foreign"), SentHow = SentHow.Letter, SentAt = now, SentBy = Secret, ExpiresAt = now.AddDays(1) },
                new ImportUpload { AccountId = account.Id, Noun = "resource", FileName = Secret, Bytes = [1], CreatedAt = now, ExpiresAt = now.AddHours(1) },
            ];
            db.AddRange(added.AsEnumerable<object>());
            await db.SaveChangesAsync();
            return (IReadOnlyList<Guid>)[published, account.Id, db.Memberships.Single().Id, db.Set<Trouble>().Single().Id, db.Set<Synonym>().Single().Id, db.Set<Category>().First().Id, db.Areas.First().Id, .. added.Select(record => record.Id)];
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
            var paths = foreign.Select(id => route.With(name => name == "membershipId" || name == "attachment" || route.Ids.Count() == 1 || foreign[0] == id ? id.ToString() : own.ToString())).ToList();
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
