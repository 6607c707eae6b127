using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Sasaeai.Data;
using Sasaeai.Features;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.Issues;
using Sasaeai.Japanese;
using Sasaeai.Tests.Features.Issues;

namespace Sasaeai.Tests.Features.Handovers;

public class HandoverTests(TestApp app)
{
    private static readonly DateOnly Today = ChainTown.Today;

    [Fact]
    public async Task A_voice_goes_up_two_levels_and_comes_back_and_its_person_follows_by_the_number()
    {
        var town = await ChainTown.CreateAsync(app);
        var id = await town.IssueAsync("バスが減った");
        var number = await town.VoiceAsync("山田花子 090-1111-2222 です", "通院のバスがない。", id);
        var (coordinator, officer) = (await app.SignedInAsync(town.Town, Role.Coordinator), await app.SignedInAsync(town.Town, Role.Officer));
        var resident = app.ClientFor(town.Town);
        async Task<string> Follow() => (await resident.SubmitAsync(await resident.GetPageAsync("receipts"), ("受付番号", number))).QuerySelector("main .card")!.TextContent;
        Assert.Contains("地域の課題として話し合っています", await Follow());

        var first = await coordinator.SubmitAsync(await coordinator.GetPageAsync($"issues/{id}/handovers/new"), ("引継ぎ先", "推進会議"), ("決めた人", "協議体の話し合い"), ("引き継ぐ理由", "圏域だけでは決められない"), ("してほしいこと", "市に伝えてほしい"));
        Assert.Contains("水辺協議体 → 推進会議", first.Body!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetPageAsync(new Uri(first.Url).AbsolutePath + "/receptions/new")).StatusCode);
        var firstPath = new Uri(first.Url).AbsolutePath;
        await officer.SubmitAsync(await officer.GetPageAsync(firstPath + "/receptions/new"));
        var second = await officer.SubmitAsync(await officer.GetPageAsync($"issues/{id}/handovers/new"), ("引継ぎ先", "交通課"), ("決めた人", "推進会議"), ("引き継ぐ理由", "市の仕事"), ("してほしいこと", "朝の便をもどしてほしい"));
        var secondPath = new Uri(second.Url).AbsolutePath;
        Assert.Contains("先へ引き継がれています", (await officer.SubmitAsync(await officer.GetPageAsync(firstPath + "/answers/new"), ("実施した", true), ("答えの内容", "x"))).QuerySelector(".error-summary")!.TextContent);
        Assert.Contains("答えを待っています", await Follow());
        Assert.Contains("「交通課」に引き継ぎました", await Follow());
        Assert.Contains("「推進会議」が受け取りました", await Follow());

        foreach (var (path, text) in new[] { (secondPath, "来年度に試します"), (firstPath, "朝の便が来年の春から一本ふえます。") })
        {
            if (path == secondPath)
            {
                await officer.SubmitAsync(await officer.GetPageAsync(path + "/receptions/new"));
            }

            var planned = await officer.SubmitAsync(await officer.GetPageAsync(path + "/answers/new"), ("予算・計画に入れる", true), ("答えの内容", text), ("声を寄せた人への文", text));
            Assert.Contains("どの予算・計画", planned.QuerySelector(".error-summary")!.TextContent);
            await officer.SubmitAsync(planned, ("予算・計画のどこか", "令和9年度当初予算"));
            await officer.SubmitAsync(await officer.GetPageAsync(path + "/returns/new"), ("会議のほかの場", "協議体の集まり"));
        }

        var after = await Follow();
        Assert.Contains("答えが返ってきました", after);
        Assert.Contains("朝の便が来年の春から一本ふえます。", after);
        Assert.DoesNotContain("山田", after);
        Assert.DoesNotContain("職員", after);
        Assert.Equal("discussed", await town.Town.ScalarAsync($"select state from app.issue where id = '{id}' and owner_id = '{town.CouncilBody}'"));
        Assert.Contains("令和9年度当初予算", (await coordinator.GetPageAsync($"issues/{id}/chain")).Body!.TextContent);
    }

    [Fact]
    public async Task What_is_late_stands_on_the_list_of_its_body()
    {
        var town = await ChainTown.CreateAsync(app);
        var late = await town.HandAsync(await town.IssueAsync("おそい"), town.DepartmentBody, dueInDays: 0);
        await town.HandAsync(await town.IssueAsync("まだ間に合う"), town.DepartmentBody);
        await town.Town.App.Owner.CreateCommand($"update app.handover set handed_on = handed_on - 40, due_on = due_on - 10 where id = '{late}'").ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);

        var page = await client.GetPageAsync($"handovers?list=Overdue&body={town.DepartmentBody}");
        Assert.Equal("おそい", page.QuerySelector("table:last-of-type tbody th")!.TextContent.Trim());
        Assert.Contains("1件", page.QuerySelector("table tbody tr")!.TextContent);
        var csv = await (await client.GetAsync($"handovers?handler=Table&format=Csv&list=Overdue", TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("おそい,水辺協議体,交通課", csv);
        Assert.DoesNotContain("まだ間に合う", csv);
        async Task<string[]> FoundAsync(string query) => [.. (await client.GetPageAsync($"handovers?{query}")).QuerySelectorAll("table:last-of-type tbody th").Select(cell => cell.TextContent.Trim())];
        Assert.Equal(["おそい", "まだ間に合う"], await FoundAsync(""));
        Assert.Equal(["まだ間に合う", "おそい"], await FoundAsync("sort=Newest"));
        Assert.Equal(["おそい"], await FoundAsync("q=おそ"));
    }

    [Theory]
    [InlineData("引継ぎ先", "水辺協議体", "今の持ち主と同じ")]
    [InlineData("してほしいこと", "", "してほしいこと")]
    [InlineData("決めた人", "", "だれが決めたか")]
    public async Task A_handover_that_breaks_a_rule_is_told_in_one_sentence(string label, string value, string sentence)
    {
        var town = await ChainTown.CreateAsync(app);
        var id = await town.IssueAsync("課題");
        var client = await app.SignedInAsync(town.Town, Role.Coordinator);
        var answers = new Dictionary<string, object> { ["引継ぎ先"] = "交通課", ["決めた人"] = "会議", ["引き継ぐ理由"] = "理由", ["してほしいこと"] = "こと", [label] = value };

        var page = await client.SubmitAsync(await client.GetPageAsync($"issues/{id}/handovers/new"), [.. answers.Select(answer => (answer.Key, answer.Value))]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
        Assert.Contains(sentence, page.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal(0L, await town.Town.ScalarAsync($"select count(*) from app.handover where municipality_id = {town.Town.Id}"));
    }

    /// <summary>Whatever is tried, in whatever order: an owner is always one of the bodies, and nothing is returned unanswered.</summary>
    [Fact]
    public void No_order_of_steps_breaks_the_chain() => Prop.ForAll(Gen.Choose(0, 8).ArrayOf(30).ToArbitrary(), steps =>
    {
        Guid[] bodies = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        var issue = new Issue { Title = "課題", OwnerId = bodies[0], CreatedAt = DateTimeOffset.UtcNow, CreatedBy = "x" };
        var handovers = new List<Handover>();
        foreach (var step in steps)
        {
            var open = handovers.Where(handover => handover.IsOpen).ToList();
            try
            {
                switch (step)
                {
                    case < 3:
                        handovers.Add(Handover.Hand(issue, bodies[step], new Asking("x", null, "", "x", "x", Today, Today), open, Today, ChainTown.By).Handover);
                        break;
                    case 3 or 4 when open.Count > 0:
                        open[^1].Receive(issue, Today, "x", Today, ChainTown.By);
                        break;
                    case 5 when open.Count > 0:
                        open[^1].Answer(AnswerKind.Done, "x", "", "", Today, false, Today, ChainTown.Somebody);
                        break;
                    case 6 when open.Count > 0:
                        open[^1].Return(issue, Today, null, "x", Today, ChainTown.By);
                        break;
                    case 7:
                        issue.Close(IssueState.Solved, "", "", ChainTown.By);
                        break;
                    case 8:
                        issue.MoveTo(IssueState.InWork, ChainTown.By);
                        break;
                }
            }
            catch (RuleBrokenException)
            {
                // Refused: nothing may have changed, which the conditions below see.
            }

            open = handovers.Where(handover => handover.IsOpen).ToList();
            var holds = bodies.Contains(issue.OwnerId) && (issue.State == IssueState.HandedOver) == (open.Count > 0) && (open.Count > 0 ? issue.ClosedAt is null : issue.OwnerId == bodies[0])
                && handovers.All(handover => handover.FromId != handover.ToId && (handover.ReturnedOn is null || handover.AnsweredOn is not null && handover.AnswerText is not null)) && open.Select(handover => handover.FromId).Distinct().Count() == open.Count;
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();
}
