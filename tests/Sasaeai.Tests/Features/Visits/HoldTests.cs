using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.VisitReports;
using Sasaeai.Features.Visits;
using Sasaeai.Tests.Features.Groups;

namespace Sasaeai.Tests.Features.Visits;

/// <summary>Tickets set aside when a helper is found, where the group wants it so.</summary>
public class HoldTests(TestApp app)
{
    private async Task<GroupTown> GroupAsync()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(HelpDesk.Today);
        using var keeper = await group.KeeperAsync();
        await keeper.SubmitAsync(await keeper.GetPageAsync($"groups/{group.GroupId}/help-rule"), ("担い手が決まったら、券や点数を取り置く", true));
        return group;
    }

    private static async Task<string> BalancesAsync(GroupTown group) => $"{await group.BalanceAsync(AccountRole.Holding, 2)} {await group.BalanceAsync(AccountRole.Held, 2)} {await group.BalanceAsync(AccountRole.Earned, 2)}";

    private static Task EndAsync(GroupTown group, Guid visit) => group.Town.InAsync(async (db, services) =>
        await services.GetRequiredService<Arrangements>().EndAsync(group.GroupId, await db.Assignments.Where(one => one.VisitId == visit && one.EndedAt == null).Select(one => one.Id).SingleAsync(), "かぜ"));

    [Fact]
    public async Task A_match_sets_tickets_aside_and_what_comes_of_it_uses_them_or_lets_them_go()
    {
        var group = await GroupAsync();
        var visit = await group.AskAsync(day: HelpDesk.Today);
        Assert.Equal("10 0 0", await BalancesAsync(group));
        await group.GiveAsync(visit);
        Assert.Equal("8 2 0", await BalancesAsync(group));
        await EndAsync(group, visit);
        Assert.Equal("10 0 0", await BalancesAsync(group));

        await group.GiveAsync(visit, 1);
        var report = await group.ReportAsync(visit, HelpDesk.Today, new TimeOnly(10, 0), new TimeOnly(10, 45));       // longer than asked
        await group.ApproveAsync(report);
        Assert.Equal("7 0 3", await BalancesAsync(group));
        await group.Town.InAsync((_, services) => services.GetRequiredService<ReportDesk>().WithdrawAsync(group.GroupId, report, "30分でした"));
        Assert.Equal("8 2 0", await BalancesAsync(group));
        await group.Town.InAsync((_, services) => services.GetRequiredService<Arrangements>().CancelAsync(group.GroupId, visit, "取りやめ"));
        Assert.Equal("10 0 0", await BalancesAsync(group));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task Too_few_tickets_are_no_reason_against_help_and_a_visit_that_could_not_be_made_costs_nothing()
    {
        var group = await GroupAsync();
        var visit = await group.AskAsync(day: HelpDesk.Today, minutes: 240);      // 16 tickets
        await group.GiveAsync(visit);
        Assert.Equal("0 10 0", await BalancesAsync(group));

        var report = await group.Town.InAsync(async (_, services) => (await services.GetRequiredService<ReportDesk>().TakeAsync(group.GroupId, visit, new WhatHappened(VisitResult.Failed, HelpDesk.Today, new TimeOnly(10, 0), new TimeOnly(10, 0), FailReason.Absent, Incident.None, SignOff.None, new ReportContent()), ReportChannel.Phone)).Id);
        await group.ApproveAsync(report);

        Assert.Equal("10 0 0", await BalancesAsync(group));
        Assert.Empty(await group.FaultsAsync());
    }

    [Fact]
    public async Task Without_the_rule_nothing_is_set_aside()
    {
        var group = await GroupTown.CreateAsync(app);
        await group.SellAsync(HelpDesk.Today);
        await group.GiveAsync(await group.AskAsync());
        Assert.Equal("10 0 0", await BalancesAsync(group));
    }
}
