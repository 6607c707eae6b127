using FsCheck;
using FsCheck.Fluent;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;

namespace Sasaeai.Tests.Features.Directory;

public class DirectorySearchPropertyTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly string[] Words = ["茶", "体操", "配食", "みまもり", "ごみ出し", "塵"];
    private static readonly Synonym[] Synonyms = [new() { Word = "ごみ出し", Others = ["塵", "ごみすて"], CategoryCodes = ["13"] }, new() { Word = "体操", Others = ["らじお体操"] }];
    private static readonly Category[] Categories = [new() { Code = "10", Name = "集まる" }, new() { Code = "1001", Name = "茶会", ParentCode = "10" }, new() { Code = "13", Name = "家のこと" }];
    private static readonly Guid[] AreaIds = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
    private static readonly Municipality Own = Town(1);

    [Fact]
    public void Searching_finds_counts_and_orders_what_a_plain_reading_of_the_rules_does()
    {
        var cases = from count in Gen.Choose(0, 150) from entries in Gen.ListOf(Entries(), count) from query in Queries() select (Entries: entries.ToArray(), Query: query);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(cases.ToArbitrary(), pair =>
        {
            var directory = DirectoryOf(pair.Entries);

            var result = directory.Search(pair.Query, Today, Holidays.None);

            var expected = pair.Entries.Where(entry => entry.MunicipalityId == Own.Id || pair.Query.Near is not null).Where(entry => Matches(entry, pair.Query)).ToList();
            Assert.Equal(expected.Count, result.Total);
            Assert.All(Categories, category => Assert.Equal(expected.Count(entry => entry.Categories.Contains(category.Code)), result.CountOf(category.Code)));
            Assert.All(AreaIds, area => Assert.Equal(expected.Count(entry => entry.Areas.Contains(area)), result.CountIn(area)));
            var whole = directory.Search(pair.Query with { Skip = 0, Take = 1000 }, Today, Holidays.None);
            Assert.Equal(expected.Select(entry => entry.Id).Order(), whole.Hits.Select(hit => hit.Id).Order());
            Assert.Equal(whole.Hits.Skip(pair.Query.Skip).Take(pair.Query.Take), result.Hits);
            if (pair.Query is { Near: not null, Text: null })
            {
                Assert.Equal(whole.Hits.Select(hit => hit.Km).Order(), whole.Hits.Select(hit => hit.Km));
            }
        }));
    }

    /// <summary>The rules as they are told to people, with nothing that makes them fast.</summary>
    private static bool Matches(Entry entry, DirectoryQuery query) =>
        Today < entry.HideOn
        && Folding.Words(query.Text).All(word =>
        {
            var synonym = Synonyms.FirstOrDefault(known => known.Others.Prepend(known.Word).Select(Key).Contains(word));
            var category = Categories.Where(known => Key(known.Name) == word).Select(known => known.Code).Concat(synonym?.CategoryCodes ?? []);
            return (synonym is null ? [word] : synonym.Others.Prepend(synonym.Word).Select(Key).Append(word)).Any(same => entry.NameKey.Contains(same) || entry.TextKey.Contains(same))
                || entry.Categories.Intersect(category).Any();
        })
        && (query.Category is not { } code || entry.Categories.Any(own => own == code || own.StartsWith(code)))
        && (query.Area is not { } area || entry.Areas.Contains(area))
        && (query.Weekdays == Weekdays.None || (entry.Weekdays & query.Weekdays) != 0)
        && (!query.FreeOnly || entry.Features.Contains("free"))
        && query.BarrierFree.All(barrier => entry.Features.Contains("barrier:" + barrier))
        && (query.Near is not { } point || entry.HasPoint && DirectorySearch.Distance(point, (entry.Lat, entry.Lng)) <= query.WithinKm);

    private static string Key(string word) => Folding.Stem(Folding.Fold(word));

    private static Gen<Entry> Entries() =>
        from town in Gen.Elements(1, 1, 1, 2)
        from name in Gen.Elements(Words)
        from text in Gen.ListOf(Gen.Elements(Words))
        from categories in Gen.SubListOf("10", "1001", "13")
        from areas in Gen.SubListOf(AreaIds)
        from features in Gen.SubListOf("free", "barrier:01", "barrier:02")
        from weekdays in Gen.Choose(0, 127)
        from north in Gen.Choose(0, 40)
        from hasPoint in Gen.Elements(true, true, false)
        from age in Gen.Choose(-2, 500)
        select new Entry
        {
            MunicipalityId = town, Id = Guid.NewGuid(), Name = name, NameKey = Folding.Fold(name), TextKey = string.Join('\n', text.Select(Folding.Fold)), Categories = [.. categories], Areas = [.. areas],
            Weekdays = (Weekdays)weekdays, DayKeys = [], Features = [.. features], StartsMinute = null, EndsMinute = null, Lat = hasPoint ? 36 + north / 100.0 : double.NaN, Lng = hasPoint ? 139 : double.NaN,
            Availability = null, AvailabilityUntil = null, VerifiedOn = Today.AddDays(-age), DueOn = Today.AddDays(180 - age), HideOn = Today.AddDays(400 - age), Limits = null,
        };

    private static Gen<DirectoryQuery> Queries() =>
        from words in Gen.SubListOf(Words)
        from category in Gen.Elements(null, null, "10", "1001")
        from area in Gen.Elements<Guid?>(null, null, AreaIds[0])
        from weekdays in Gen.Elements(0, 0, 1, 96)
        from free in Gen.Elements(false, false, true)
        from barriers in Gen.Elements<string[]>([], [], ["01"], ["01", "02"])
        from near in Gen.Elements(false, true)
        from skip in Gen.Choose(0, 5)
        from take in Gen.Choose(0, 5)
        select new DirectoryQuery
        {
            Text = words.Count is 0 or > 2 ? null : string.Join(' ', words), Category = category, Area = area, Weekdays = (Weekdays)weekdays, FreeOnly = free, BarrierFree = barriers,
            Near = near ? (36.1, 139) : null, WithinKm = 15, Skip = skip, Take = take,
        };

    private static TownDirectory DirectoryOf(Entry[] entries) => new()
    {
        Town = Own, Stamp = 1, Rule = new TownRule(), Areas = new AreaTree([], [], Today), Categories = Categories, Codes = new Dictionary<CodeList, IReadOnlyList<CodeItem>>(), Troubles = [],
        Thesaurus = new Thesaurus(Synonyms, [], Categories, []), Neighbours = [Town(2)], Entries = entries,
    };

    private static Municipality Town(int id) => new() { Id = id, Code = $"{id:000000}", Slug = $"town-{id}", Name = $"{id}番市" };
}
