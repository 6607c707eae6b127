using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sasaeai.Data;
using Sasaeai.Features.Bodies;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Departments;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Receipts;
using Sasaeai.Features.Voices;

namespace Sasaeai.Tests.Features.Issues;

/// <summary>What a town of the chain needs: 水辺協議体 in 第1圏域, 推進会議 in 第2圏域 and 交通課, with their bodies.</summary>
public sealed record ChainTown(Town Town, Guid Council, Guid CouncilBody, Guid UpperBody, Guid Department, Guid DepartmentBody)
{
    public static readonly Actor Somebody = new(null, "試す人");

    public static Mover By => Mover.Of(Somebody, DateTimeOffset.UtcNow);

    public static DateOnly Today => TimeProvider.System.Today();

    public static async Task<ChainTown> CreateAsync(TestApp app)
    {
        var town = await app.CreateTownAsync();
        return await town.InAsync(async (db, _) =>
        {
            var zones = await db.Areas.Where(area => area.Layer == 2).ToDictionaryAsync(area => area.Code, area => area.Id);
            var council = new Council { Name = "水辺協議体", Kind = CouncilKind.Council, Layer = 2, AreaId = zones["Z1"], CreatedAt = DateTimeOffset.UtcNow };
            var upper = new Council { Name = "推進会議", Kind = CouncilKind.Council, Layer = 1, AreaId = zones["Z2"], CreatedAt = DateTimeOffset.UtcNow };
            var department = new Department { Name = "交通課" };
            db.AddRange(council, upper, department);
            var (of, above, hall) = (new Body { CouncilId = council.Id }, new Body { CouncilId = upper.Id }, new Body { DepartmentId = department.Id });
            db.AddRange(of, above, hall);
            await db.SaveChangesAsync();
            return new ChainTown(town, council.Id, of.Id, above.Id, department.Id, hall.Id);
        });
    }

    /// <summary>An open issue of 第1圏域 that 水辺協議体 owns.</summary>
    public Task<Guid> IssueAsync(string title, Action<Issue>? change = null) => Town.InAsync(async (db, _) =>
    {
        var issue = new Issue { Title = title, OwnerId = CouncilBody, AreaId = await db.Areas.Where(area => area.Code == "Z1").Select(area => area.Id).SingleAsync(), CreatedAt = DateTimeOffset.UtcNow, CreatedBy = "試す人" };
        change?.Invoke(issue);
        db.Add(issue);
        await db.SaveChangesAsync();
        return issue.Id;
    });

    /// <returns>The receipt number.</returns>
    public Task<string> VoiceAsync(string text, string summary, Guid? issueId = null, VoiceSource source = VoiceSource.Visit) => Town.InAsync(async (db, _) =>
    {
        var voice = new Voice { Receipt = ReceiptNumber.New(), Source = source, Text = text, AreaId = await db.Areas.Where(area => area.Code == "Z1").Select(area => area.Id).SingleAsync(), CategoryCode = "1301", CreatedAt = DateTimeOffset.UtcNow };
        if (summary != "")
        {
            voice.Summarize(summary, Somebody);
        }

        db.Add(voice);
        if (issueId is { } id)
        {
            voice.TakeInto(await db.GetAsync<Issue>(id), Somebody, DateTimeOffset.UtcNow);
        }

        await db.SaveChangesAsync();
        return voice.Receipt;
    });

    /// <summary>Hands the issue on from its owner, today.</summary>
    public Task<Guid> HandAsync(Guid issueId, Guid toBody, int dueInDays = 30) => Town.InAsync(async (db, _) =>
    {
        var issue = await db.GetAsync<Issue>(issueId);
        var open = await db.Handovers.Where(handover => handover.IssueId == issueId && handover.ReturnedOn == null).OrderBy(handover => handover.CreatedAt).ToListAsync();
        var (handover, move) = Handover.Hand(issue, toBody, new Asking("会議", null, "", "理由", "してほしいこと", Today, Today.AddDays(dueInDays)), open, Today, By);
        db.Add(handover);
        if (move is not null)
        {
            db.Add(move);
        }

        await db.SaveChangesAsync();
        return handover.Id;
    });

    public Task WithAsync(Guid handoverId, Func<Handover, Issue, AppDb, Task> work) => Town.InAsync(async (db, _) =>
    {
        var handover = await db.GetAsync<Handover>(handoverId);
        await work(handover, await db.GetAsync<Issue>(handover.IssueId), db);
        await db.SaveChangesAsync();
    });

    /// <summary>Runs SQL as the application's role in this town, as a fault of the program would.</summary>
    /// <returns>The SQLSTATE of the refusal; null when the database took it.</returns>
    public async Task<string?> TrySqlAsync(string sql)
    {
        await using var data = NpgsqlDataSource.Create(Town.App.WebConnection);
        await using var connection = await data.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        try
        {
            await using (var enter = new NpgsqlCommand($"set local app.municipality_id = '{Town.Id}'", connection))
            {
                await enter.ExecuteNonQueryAsync();
            }

            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
            return null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }
}
