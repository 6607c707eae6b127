using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;

namespace Sasaeai.Features.Meetings;

/// <summary>議題. One that was postponed, or a task that is not done, comes back as an item of the council's next meeting.</summary>
public class AgendaItem : TownRecord
{
    public const int LongestTitle = 200;

    public required Guid MeetingId { get; init; }
    public required int Position { get; set; }
    public required string Title { get; set; }
    /// <summary>The postponed item of an earlier meeting.</summary>
    public Guid? CarriedFromId { get; init; }
    /// <summary>The task of an earlier meeting.</summary>
    public Guid? CarriedTaskId { get; init; }
    public DateTimeOffset? PostponedAt { get; private set; }
    public string? PostponedBy { get; private set; }

    public bool IsCarried => CarriedFromId is not null || CarriedTaskId is not null;

    /// <summary>次回に持ちこす.</summary>
    public void Postpone(Actor actor, DateTimeOffset now) => (PostponedAt, PostponedBy) = (now, actor.Name);

    public void TakeUpAgain() => (PostponedAt, PostponedBy) = (null, null);
}

/// <summary>
/// What was said to an item, written while it is typed. Not audited, since each pause of the note taker saves it:
/// who wrote last is kept here, and what was checked and made final in <see cref="MinutesStep"/>.
/// </summary>
[NotAudited]
public class ItemText : ITownOwned
{
    public const int Longest = 20_000;

    public int MunicipalityId { get; private set; }
    public required Guid ItemId { get; init; }
    public string Text { get; private set; } = "";
    public int Version { get; private set; } = 1;
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }

    /// <summary>The page that wrote last, and its how manyeth writing that was.</summary>
    public Guid? WrittenBy { get; private set; }
    public int WrittenNo { get; private set; }

    /// <param name="writer">The page that writes, which never conflicts with itself; empty where it does not say so.</param>
    /// <param name="no">Counts what that page has written, from 1. One that arrives after a later one is over.</param>
    /// <returns>False when somebody else has written since <paramref name="version"/>; nothing is changed then.</returns>
    public bool Write(string text, int version, Guid writer, int no, Actor actor, DateTimeOffset now)
    {
        var isOwn = writer != Guid.Empty && writer == WrittenBy;
        if (text == Text || isOwn && no <= WrittenNo)
        {
            return true;
        }

        if (version != Version && !isOwn)
        {
            return false;
        }

        Rule.Require(text.Length <= Longest, $"一つの議題に書けるのは{Longest:N0}文字までです。議題を分けてください。");
        (Text, Version, ChangedAt, ChangedBy) = (text, Version + 1, now, actor.Name);
        (WrittenBy, WrittenNo) = (writer, no);
        return true;
    }
}

public class AgendaItemMapping : IEntityTypeConfiguration<AgendaItem>
{
    public void Configure(EntityTypeBuilder<AgendaItem> builder) => builder.Ignore(item => item.IsCarried);
}

public class ItemTextMapping : IEntityTypeConfiguration<ItemText>
{
    public void Configure(EntityTypeBuilder<ItemText> builder)
    {
        builder.HasKey(text => new { text.MunicipalityId, text.ItemId });
        builder.Property(text => text.Version).IsConcurrencyToken();
    }
}
