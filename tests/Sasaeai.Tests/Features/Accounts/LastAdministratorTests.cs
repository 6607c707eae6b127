using System.Net;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Tests.Features.Accounts;

public class LastAdministratorTests(TestApp app)
{
    private const string Open = "select count(*) from app.membership m join app.account a on a.municipality_id = m.municipality_id and a.id = m.account_id where a.closed_at is null and m.ends_on is null and m.municipality_id = ";

    [Fact]
    public async Task Two_administrators_cannot_close_each_other_at_once()
    {
        for (var round = 0; round < 3; round++)
        {
            var town = await app.CreateTownAsync();
            var (first, second) = (await app.SignedInAsync(town, Role.Administrator), await app.SignedInAsync(town, Role.Administrator));
            var ids = ((string)(await town.ScalarAsync($"select string_agg(id::text, ' ' order by created_at) from app.account where municipality_id = {town.Id}"))!).Split(' ');
            var pages = (await first.GetPageAsync($"accounts/{ids[1]}/closings/new"), await second.GetPageAsync($"accounts/{ids[0]}/closings/new"));

            await Task.WhenAll(first.SubmitAsync(pages.Item1), second.SubmitAsync(pages.Item2));

            Assert.Equal(1L, await town.ScalarAsync(Open + town.Id));
        }
    }

    [Fact]
    public async Task Two_administrators_cannot_end_each_others_role_at_once()
    {
        var town = await app.CreateTownAsync();
        var (first, second) = (await app.SignedInAsync(town, Role.Administrator), await app.SignedInAsync(town, Role.Administrator));
        var ends = ((string)(await town.ScalarAsync($"select string_agg('accounts/' || a.id || '/memberships/' || m.id || '/endings/new', ' ' order by created_at) from app.membership m join app.account a on a.municipality_id = m.municipality_id and a.id = account_id where m.municipality_id = {town.Id}"))!).Split(' ');
        var pages = (await first.GetPageAsync(ends[1]), await second.GetPageAsync(ends[0]));

        await Task.WhenAll(first.SubmitAsync(pages.Item1), second.SubmitAsync(pages.Item2));

        Assert.Equal(1L, await town.ScalarAsync(Open + town.Id));
    }

    [Fact]
    public async Task An_administrator_can_close_another_and_anybody_else()
    {
        var town = await app.CreateTownAsync();
        var administrator = await app.SignedInAsync(town, Role.Administrator);
        await town.AddAccountAsync(Role.Administrator);
        await town.AddAccountAsync(Role.CouncilMember);
        foreach (var id in ((string)(await town.ScalarAsync($"select string_agg(id::text, ' ') from app.account where municipality_id = {town.Id} and id not in (select account_id from app.account_session where municipality_id = {town.Id})"))!).Split(' '))
        {
            Assert.Equal(HttpStatusCode.OK, (await administrator.SubmitAsync(await administrator.GetPageAsync($"accounts/{id}/closings/new"))).StatusCode);
        }

        Assert.Equal(1L, await town.ScalarAsync(Open + town.Id));
    }
}
