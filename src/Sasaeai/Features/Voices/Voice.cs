using Sasaeai.Data;

namespace Sasaeai.Features.Voices;

public enum VoiceSource { PublicForm, UnmetSearch }

/// <summary>困りごと, 手伝いたい.</summary>
public enum VoiceKind { Trouble, Offer }

public static class VoiceWords
{
    public static string InWords(this VoiceKind kind) => kind == VoiceKind.Offer ? "手伝いたい" : "困りごと";
}

/// <summary>声: what a resident told the town, with or without a way to answer.</summary>
public class Voice : TownRecord
{
    public required string Receipt { get; init; }
    public required VoiceSource Source { get; init; }
    public VoiceKind Kind { get; init; }
    [Secret] public required string Text { get; init; }
    public Guid? AreaId { get; init; }
    public string? CategoryCode { get; init; }
    [Secret] public string Contact { get; init; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ReadAt { get; private set; }
    public string? ReadBy { get; private set; }

    public void Read(Actor actor, DateTimeOffset now)
    {
        if (ReadAt is null)
        {
            (ReadAt, ReadBy) = (now, actor.Name);
        }
    }
}
