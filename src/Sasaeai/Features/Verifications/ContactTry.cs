using Sasaeai.Data;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Verifications;

/// <summary>つながらなかった: somebody tried to reach the operator of a record on a day, in vain.</summary>
public class ContactTry : TownRecord
{
    public const int LongestNote = 200;

    /// <summary>Days for which a record that could not be reached waits at the end of the list.</summary>
    public const int RestDays = 3;

    private ContactTry()
    {
    }

    public ContactTry(Resource resource, DateOnly day, Actor actor, DateTimeOffset now, string note)
    {
        Rule.Require(resource.State == ResourceState.Published, "掲載中の記録ではないため、確認の対象ではありません。");
        Rule.Require(note.Length <= LongestNote, $"メモは{LongestNote}文字以内で入力してください。");
        (ResourceId, OnDay, AccountId, ByName, Note, CreatedAt) = (resource.Id, day, actor.AccountId, actor.Name, note.Trim(), now);
    }

    public Guid ResourceId { get; private init; }
    public DateOnly OnDay { get; private init; }
    public Guid? AccountId { get; private init; }
    public string ByName { get; private init; } = "";
    public string Note { get; private init; } = "";
    public DateTimeOffset CreatedAt { get; private init; }
}
