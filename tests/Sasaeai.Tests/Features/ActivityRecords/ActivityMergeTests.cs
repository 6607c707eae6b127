using FsCheck;
using FsCheck.Fluent;
using Sasaeai.Features.ActivityRecords;

namespace Sasaeai.Tests.Features.ActivityRecords;

public class ActivityMergeTests
{
    private static readonly Gen<ActivityContent> Contents =
        from day in Gen.Choose(1, 3)
        from minutes in Gen.Choose(0, 2)
        from what in Gen.Elements("", "あ", "い")
        from noticed in Gen.Elements("", "あ", "い")
        from kinds in Gen.Elements<string[]>([], ["01"], ["01", "02"])
        select new ActivityContent { OnDay = new(2026, 4, day), Minutes = minutes == 0 ? null : minutes, What = what, Noticed = noticed, Kinds = kinds };

    private static readonly IReadOnlyDictionary<string, string> NoChoice = new Dictionary<string, string>();

    private static object?[] Of(ActivityContent content) => [content.OnDay, content.Minutes, content.What, content.Noticed, string.Join(',', content.Kinds)];

    private static readonly string[] Names = ["onDay", "minutes", "what", "noticed", "kinds"];

    /// <summary>Field by field: who alone changed it wins, equal changes agree, different ones are a conflict.</summary>
    [Fact]
    public void Nothing_that_either_side_wrote_is_lost_without_being_asked() => Prop.ForAll((from was in Contents from mine in Contents from theirs in Contents select (was, mine, theirs)).ToArbitrary(), versions =>
    {
        var (merged, conflicts) = ActivityFields.Merge(versions.was, versions.mine, versions.theirs, NoChoice);
        var (was, mine, theirs, all) = (Of(versions.was), Of(versions.mine), Of(versions.theirs), Of(merged));
        foreach (var (i, name) in Names.Index())
        {
            var isConflict = !Equals(mine[i], theirs[i]) && !Equals(mine[i], was[i]) && !Equals(theirs[i], was[i]);
            Assert.Equal(isConflict, conflicts.Contains(name));
            if (!isConflict)
            {
                Assert.Equal(Equals(mine[i], was[i]) ? theirs[i] : mine[i], all[i]);
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_choice_settles_each_conflict_to_one_side() => Prop.ForAll((from was in Contents from mine in Contents from theirs in Contents from keep in Gen.Elements("mine", "theirs") select (was, mine, theirs, keep)).ToArbitrary(), asked =>
    {
        var conflicts = ActivityFields.Merge(asked.was, asked.mine, asked.theirs, NoChoice).Conflicts;
        var (merged, left) = ActivityFields.Merge(asked.was, asked.mine, asked.theirs, conflicts.ToDictionary(name => name, _ => asked.keep));
        Assert.Empty(left);
        foreach (var name in conflicts)
        {
            var i = Array.IndexOf(Names, name);
            Assert.Equal(Of(asked.keep == "mine" ? asked.mine : asked.theirs)[i], Of(merged)[i]);
        }
    }).QuickCheckThrowOnFailure();
}
