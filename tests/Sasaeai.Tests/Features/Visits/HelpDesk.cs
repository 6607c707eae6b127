using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Data;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;
using Sasaeai.Features.VisitReports;
using Sasaeai.Features.Visits;
using Sasaeai.Tests.Features.Groups;

namespace Sasaeai.Tests.Features.Visits;

/// <summary>A group's day in a test: visits that are asked for, given and reported by the same services as the pages use.</summary>
public static class HelpDesk
{
    public static DateOnly Today => DateTimeOffset.UtcNow.Day();

    public static async Task<Guid> AskAsync(this GroupTown group, int user = 0, string kind = "rubbish", DateOnly? day = null, TimeOnly? start = null, int minutes = 30, int helpers = 1, int days = 0) => await group.Town.InAsync(async (db, _) =>
    {
        var (now, from, at) = (DateTimeOffset.UtcNow, day ?? Today.AddDays(1), start ?? new TimeOnly(10, 0));
        var request = new HelpRequest(group.GroupId, RequestKind.Help, group.Users[user].Id, new HelpWanted(HelpKind.Common.Single(one => one.Code == kind), kind == HelpKind.Other ? "花の水やり" : "", minutes, helpers), new RequestContent(), "試し", now);
        var visit = new Visit(request, new VisitTime(from, from.AddDays(days), at, at), now);
        db.AddRange(request, visit);
        await db.SaveChangesAsync();
        return visit.Id;
    });

    public static Task GiveAsync(this GroupTown group, Guid visit, int helper = 0, string? reason = null) => group.Town.InAsync(async (_, services) => { await services.GetRequiredService<Arrangements>().AssignAsync(group.GroupId, visit, group.Helpers[helper].Id, ContactChannel.Phone, reason); });

    public static Task<Guid> ReportAsync(this GroupTown group, Guid visit, DateOnly day, TimeOnly starts, TimeOnly ends, params int[] serials) => group.Town.InAsync(async (_, services) =>
        (await services.GetRequiredService<ReportDesk>().TakeAsync(group.GroupId, visit, new WhatHappened(VisitResult.Done, day, starts, ends, null, Incident.None, SignOff.None, new ReportContent { Serials = serials }), ReportChannel.Phone)).Id);

    public static Task ApproveAsync(this GroupTown group, Guid report) => group.Town.InAsync(async (_, services) => { await services.GetRequiredService<ReportDesk>().ApproveAsync(group.GroupId, report); });

    public static Task ChangeAsync(this GroupTown group, Member member, Func<MemberContent, MemberContent> change) => group.Town.InAsync(async (db, _) =>
    {
        var found = await db.GetAsync<Member>(member.Id);
        found.Change(found.Name, found.Kana, found.Phone, found.Address, change(found.Content), DateTimeOffset.UtcNow);
        await db.SaveChangesAsync();
    });

    public static Task<HelperCandidate> CandidateAsync(this GroupTown group, Guid visit, int helper) => group.Town.InAsync(async (db, services) =>
        (await services.GetRequiredService<Candidates>().RankAsync(await db.GetAsync<Visit>(visit))).Single(candidate => candidate.Id == group.Helpers[helper].Id));

    public static async Task<string> StateAsync(this GroupTown group, Guid visit) => (string)(await group.Town.ScalarAsync($"select state from app.visit where id = '{visit}'"))!;
}
