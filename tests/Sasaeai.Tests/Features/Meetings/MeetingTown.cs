using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Meetings;

namespace Sasaeai.Tests.Features.Meetings;

/// <summary>Councils and meetings of a test's town.</summary>
public static class MeetingTown
{
    public static Task<Guid> AddCouncilAsync(this Town town, string name = "中央支え合い協議体", string area = "Z1") => town.InAsync(async (db, _) =>
    {
        var council = new Council { Name = name, Kind = CouncilKind.Council, Layer = 2, AreaId = (await db.Areas.SingleAsync(one => one.Code == area)).Id, CreatedAt = DateTimeOffset.UtcNow };
        db.Add(council);
        await db.SaveChangesAsync();
        return council.Id;
    });

    public static Task<Guid> AddMemberAsync(this Town town, Guid council, string name, string email = "") => town.InAsync(async (db, _) =>
    {
        var member = new CouncilMember { CouncilId = council, Name = name, Affiliation = "本町自治会", Chosen = Chosen.Delegate, Email = email, StartsOn = new DateOnly(2018, 4, 1) };
        db.Add(member);
        await db.SaveChangesAsync();
        return member.Id;
    });

    /// <summary>A meeting with one item for each title; of the council, or a 関係者会議 of 第1圏域.</summary>
    public static Task<Guid> AddMeetingAsync(this Town town, DateOnly day, Guid? council = null, string kind = "related", bool closed = false, bool counted = false, string series = "", params string[] agenda) => town.InAsync(async (db, _) =>
    {
        var area = council is { } id ? (await db.GetAsync<Council>(id)).AreaId : (await db.Areas.SingleAsync(one => one.Code == "Z1")).Id;
        var meeting = new Meeting(new MeetingPlan(council, kind, series, "話し合い", day, null, null, "東公民館", area, 2, counted, closed), null, Actor.Command, DateTimeOffset.UtcNow);
        db.Add(meeting);
        foreach (var (position, title) in agenda.Index())
        {
            CarryOver.Add(db, new AgendaItem { MeetingId = meeting.Id, Position = position + 1, Title = title }, Actor.Command, DateTimeOffset.UtcNow);
        }

        await db.SaveChangesAsync();
        return meeting.Id;
    });

    /// <summary>A decision, a task and a paper of the meeting, at its first item.</summary>
    public static Task<(Guid Decision, Guid Task, Guid Paper)> AddOutcomesAsync(this Town town, Guid meeting, string text) => town.InAsync(async (db, _) =>
    {
        var (item, now) = (await db.AgendaItems.Where(one => one.MeetingId == meeting).OrderBy(one => one.Position).Select(one => one.Id).FirstAsync(), DateTimeOffset.UtcNow);
        var decision = new Decision { MeetingId = meeting, ItemId = item, Text = text, CreatedAt = now, CreatedBy = text };
        var task = new MeetingTask { MeetingId = meeting, ItemId = item, Text = text, Owner = text, CreatedAt = now, CreatedBy = text };
        var paper = new MeetingPaper { MeetingId = meeting, MediaType = "application/pdf", FileName = text, Bytes = [1], CreatedAt = now, CreatedBy = text };
        db.AddRange(decision, task, paper);
        await db.SaveChangesAsync();
        return (decision.Id, task.Id, paper.Id);
    });

    /// <summary>A 協議体委員 of the council, signed in.</summary>
    public static async Task<HttpClient> MemberOfAsync(this TestApp app, Town town, Guid council)
    {
        var email = await town.AddAccountAsync(Role.CouncilMember);
        await town.InAsync(async (db, _) =>
        {
            var account = await db.Accounts.SingleAsync(one => one.Email == email);
            db.Memberships.Add(new Membership { AccountId = account.Id, Role = Role.CouncilMember, CouncilId = council, StartsOn = new DateOnly(2020, 4, 1) });
            await db.SaveChangesAsync();
        });
        var client = app.ClientFor(town);
        await client.SubmitAsync(await client.GetPageAsync("sign-ins/new"), ("メールアドレス", email), ("パスワード", Town.Password));
        return client;
    }

    public static DateOnly Today => TimeProvider.System.Today();
}
