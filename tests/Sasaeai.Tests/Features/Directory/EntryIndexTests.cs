using Sasaeai.Features.Directory;
using Sasaeai.Features.Resources.Schedules;

namespace Sasaeai.Tests.Features.Directory;

public class EntryIndexTests
{
    [Fact]
    public void Every_piece_of_every_text_leads_back_to_its_entry()
    {
        string[] texts = ["ごみ出し", "茶", "", "𠮷野家の会\nよしの", .. Enumerable.Range(0, 200).Select(number => $"第{number}回 体操の会")];
        var index = new EntryIndex([.. texts.Select(Named)]);

        for (var number = 0; number < texts.Length; number++)
        {
            for (var from = 0; from < texts[number].Length; from++)
            {
                for (var to = from + 1; to <= texts[number].Length; to++)
                {
                    Assert.True(index.MayBeNamed(texts[number][from..to]).Contains(number));
                    Assert.True(index.MayTell(texts[number][from..to]).Contains(number));
                }
            }
        }
    }

    [Fact]
    public void A_word_that_is_nowhere_leads_to_few_entries()
    {
        var index = new EntryIndex([.. Enumerable.Range(0, 1000).Select(number => Named($"{number}番目の、地域の人が集まるところ"))]);
        var led = 0;
        foreach (var _ in index.MayTell("囲碁"))
        {
            led++;
        }

        Assert.InRange(led, 0, 100);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(63), InlineData(64), InlineData(65), InlineData(200)]
    public void A_set_of_entries_lists_each_once_in_order(int entries)
    {
        var listed = new List<int>();
        foreach (var number in EntrySet.All(entries))
        {
            listed.Add(number);
        }

        Assert.Equal(Enumerable.Range(0, entries), listed);
        Assert.Equal(entries, EntrySet.All(entries).CountWith(EntrySet.All(entries)));
    }

    private static Entry Named(string text) => new()
    {
        MunicipalityId = 1, Id = Guid.NewGuid(), Name = text, NameKey = text, TextKey = text, Categories = [], Areas = [], Weekdays = Weekdays.None, DayKeys = [], Features = [], StartsMinute = null, EndsMinute = null,
        Lat = double.NaN, Lng = double.NaN, Availability = null, AvailabilityUntil = null, VerifiedOn = null, DueOn = default, HideOn = DateOnly.MaxValue, Limits = null,
    };
}
