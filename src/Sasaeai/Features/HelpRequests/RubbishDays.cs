using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.Resources.Schedules;

namespace Sasaeai.Features.HelpRequests;

/// <summary>Days on which rubbish is collected in a part of the district.</summary>
public class RubbishDays : TownRecord
{
    public required Guid GroupId { get; init; }
    public string Name { get; private set; } = "";
    public Schedule Schedule { get; private set; } = new();
    public DateTimeOffset ChangedAt { get; private set; }

    /// <param name="written">As people write it: 「毎週火・金」, 「第2・第4水曜」.</param>
    public void Change(string name, string written, DateTimeOffset now)
    {
        var (schedule, unread) = ScheduleReader.Read(written);
        Rule.Require(name.Trim() != "", "場所とゴミの種類を入力してください。");
        Rule.Require(schedule.Rules.Count > 0 && unread.Count == 0, $"「{written}」を曜日として読めません。例：毎週火・金、第2・第4水曜");
        (Name, Schedule, ChangedAt) = (name.Trim(), schedule, now);
    }
}

public class RubbishDaysMapping : IEntityTypeConfiguration<RubbishDays>
{
    public void Configure(EntityTypeBuilder<RubbishDays> builder) => builder.Property(days => days.Schedule).IsJson();
}
