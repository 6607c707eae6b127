using System.Net;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Tests.Features.SignIns;

public class SignInTests(TestApp app)
{
    [Fact]
    public async Task A_session_of_one_town_is_nobody_in_another()
    {
        var (town, other) = (await app.CreateTownAsync(), await app.CreateTownAsync());
        var client = await app.SignedInAsync(town, Role.Officer);

        Assert.EndsWith("/today", (await client.GetPageAsync("today")).Url);
        Assert.Contains("/sign-ins/new", (await client.GetPageAsync(app.UrlOf(other, "today").ToString())).Url);
    }
}
