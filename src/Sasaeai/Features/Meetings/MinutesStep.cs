using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Meetings;

public enum MinutesStepKind { Checked, Finalised, Reopened }

/// <summary>A step of the minutes, and how they read at that moment. Only added to.</summary>
public class MinutesStep : TownRecord
{
    public required Guid MeetingId { get; init; }
    public required MinutesStepKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string ByName { get; init; }
    public string Note { get; init; } = "";
    [Secret] public MinutesContent? Content { get; init; }
}

/// <summary>The minutes as paper has them: who came, and item by item what was said, decided and taken upon.</summary>
public sealed record MinutesContent
{
    public IReadOnlyList<string> Present { get; init; } = [];
    public IReadOnlyList<string> Absent { get; init; } = [];
    public int Heads { get; init; }
    public IReadOnlyList<string> Papers { get; init; } = [];
    public IReadOnlyList<MinutesItem> Items { get; init; } = [];
}

/// <param name="Raised">課題 and 引継ぎ that came of it.</param>
public sealed record MinutesItem(string Title, string Text, bool Postponed, IReadOnlyList<string> Decisions, IReadOnlyList<MinutesTask> Tasks, IReadOnlyList<string> Raised);

public sealed record MinutesTask(string Text, string Owner, DateOnly? DueOn);

public class MinutesStepMapping : IEntityTypeConfiguration<MinutesStep>
{
    public void Configure(EntityTypeBuilder<MinutesStep> builder) => builder.Property(step => step.Content).IsJson();
}
