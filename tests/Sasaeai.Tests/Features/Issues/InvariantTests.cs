using Npgsql;

namespace Sasaeai.Tests.Features.Issues;

/// <summary>What may never be, tried by SQL past the program: the database refuses it by itself.</summary>
public class InvariantTests(TestApp app)
{
    private const string Open = "reason, asked_action, handed_on, due_on, decided_by, version, created_at, created_by";
    private const string OpenValues = "'x', 'x', current_date, current_date, 'x', 1, now(), 'x'";

    [Fact]
    public async Task An_issue_always_has_an_owner()
    {
        var town = await ChainTown.CreateAsync(app);
        var id = await town.IssueAsync("持ち主のある課題");

        Assert.Equal(PostgresErrorCodes.NotNullViolation, await town.TrySqlAsync($"update app.issue set owner_id = null where id = '{id}'"));
        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, await town.TrySqlAsync($"update app.issue set owner_id = gen_random_uuid() where id = '{id}'"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await town.TrySqlAsync($"delete from app.body where id = '{town.CouncilBody}'"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await town.TrySqlAsync($"delete from app.issue where id = '{id}'"));
        Assert.Equal(PostgresErrorCodes.CheckViolation, await town.TrySqlAsync("insert into app.body default values"));
    }

    [Fact]
    public async Task A_handover_is_never_returned_without_an_answer_nor_answered_without_a_receipt()
    {
        var town = await ChainTown.CreateAsync(app);
        var handover = await town.HandAsync(await town.IssueAsync("引き継ぐ課題"), town.DepartmentBody);

        Assert.Equal(PostgresErrorCodes.CheckViolation, await town.TrySqlAsync($"update app.handover set returned_on = current_date, returned_by = 'x', returned_at = 'x' where id = '{handover}'"));
        Assert.Equal(PostgresErrorCodes.CheckViolation, await town.TrySqlAsync($"update app.handover set answered_on = current_date, answered_by = 'x', answer_kind = 'done', answer_text = 'x' where id = '{handover}'"));
        Assert.Equal(PostgresErrorCodes.CheckViolation, await town.TrySqlAsync($"update app.handover set received_on = current_date, received_by = 'x', answered_on = current_date, answered_by = 'x', answer_kind = 'done', answer_text = '' where id = '{handover}'"));
        Assert.Equal(PostgresErrorCodes.CheckViolation, await town.TrySqlAsync($"update app.handover set received_on = current_date, received_by = 'x', answered_on = current_date, answered_by = 'x', answer_kind = 'done', answer_text = 'x', returned_on = current_date, returned_by = 'x' where id = '{handover}'"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await town.TrySqlAsync($"delete from app.handover where id = '{handover}'"));
        Assert.Null(await town.TrySqlAsync($"update app.handover set received_on = current_date, received_by = 'x', answered_on = current_date, answered_by = 'x', answer_kind = 'done', answer_text = 'x', returned_on = current_date, returned_by = 'x', returned_at = '集会所' where id = '{handover}'"));
    }

    [Fact]
    public async Task Nobody_hands_over_to_oneself_and_only_what_is_in_that_state()
    {
        var town = await ChainTown.CreateAsync(app);
        var id = await town.IssueAsync("課題");
        string Insert(Guid from, Guid to) => $"insert into app.handover (issue_id, from_id, to_id, {Open}) values ('{id}', '{from}', '{to}', {OpenValues})";

        Assert.Equal(PostgresErrorCodes.CheckViolation, await town.TrySqlAsync(Insert(town.CouncilBody, town.CouncilBody)));
        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, await town.TrySqlAsync(Insert(town.CouncilBody, town.DepartmentBody)));
    }

    [Theory]
    [InlineData("state = 'solved', closed_at = now()")]
    [InlineData("state = 'declined', closing_reason = 'x', closed_at = now()")]
    [InlineData("state = 'in_work'")]
    public async Task An_issue_with_an_open_handover_stays_in_that_state(string change)
    {
        var town = await ChainTown.CreateAsync(app);
        var (id, other) = (await town.IssueAsync("引継ぎ中"), await town.IssueAsync("ほかの課題"));
        var handover = await town.HandAsync(id, town.DepartmentBody);

        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, await town.TrySqlAsync($"update app.issue set {change} where id = '{id}'"));
        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, await town.TrySqlAsync($"update app.issue set merged_into_id = '{other}' where id = '{id}'"));
        Assert.Null(await town.TrySqlAsync($"update app.handover set received_on = current_date, received_by = 'x', answered_on = current_date, answered_by = 'x', answer_kind = 'done', answer_text = 'x', returned_on = current_date, returned_by = 'x', returned_at = 'x' where id = '{handover}'; update app.issue set {change} where id = '{id}'"));
    }

    [Fact]
    public async Task An_earlier_handover_does_not_close_before_the_one_that_passes_it_on()
    {
        var town = await ChainTown.CreateAsync(app);
        var id = await town.IssueAsync("二段の引継ぎ");
        var first = await town.HandAsync(id, town.UpperBody);
        await town.WithAsync(first, (handover, issue, _) => { handover.Receive(issue, ChainTown.Today, "受けた人", ChainTown.Today, ChainTown.By); return Task.CompletedTask; });
        var second = await town.HandAsync(id, town.DepartmentBody);

        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, await town.TrySqlAsync($"update app.handover set answered_on = current_date, answered_by = 'x', answer_kind = 'done', answer_text = 'x', returned_on = current_date, returned_by = 'x', returned_at = 'x' where id = '{first}'"));
        Assert.Equal(PostgresErrorCodes.UniqueViolation, await town.TrySqlAsync($"insert into app.handover (issue_id, follows_id, from_id, to_id, {Open}) values ('{id}', '{first}', '{town.UpperBody}', '{town.CouncilBody}', {OpenValues})"));
        Assert.Equal(1L, await town.Town.ScalarAsync($"select count(*) from app.handover where id = '{second}' and follows_id = '{first}'"));
    }

    [Fact]
    public async Task A_merge_never_makes_a_circle_or_a_chain()
    {
        var town = await ChainTown.CreateAsync(app);
        var (a, b, c) = (await town.IssueAsync("一"), await town.IssueAsync("二"), await town.IssueAsync("三"));

        Assert.Null(await town.TrySqlAsync($"update app.issue set merged_into_id = '{b}' where id = '{a}'"));
        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, await town.TrySqlAsync($"update app.issue set merged_into_id = '{a}' where id = '{b}'"));
        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, await town.TrySqlAsync($"update app.issue set merged_into_id = '{c}' where id = '{b}'"));
        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, await town.TrySqlAsync($"update app.issue set merged_into_id = '{c}' where id = '{c}'"));
        Assert.Null(await town.TrySqlAsync($"update app.issue set merged_into_id = '{c}' where id in ('{a}', '{b}')"));
    }
}
