using System.Text;
using Sasaeai.Japanese;

namespace Sasaeai.Tests.Japanese;

public class HolidaysTests
{
    [Fact]
    public void The_list_of_the_Cabinet_Office_is_read()
    {
        var holidays = SharedData.Holidays();
        Assert.Equal("勤労感謝の日", holidays.NameOf(new(2026, 11, 23)));
        Assert.Null(holidays.NameOf(new(2026, 11, 24)));
        Assert.True(holidays.Contains(new(1955, 1, 1)));
        Assert.True(holidays.Count > 1000);
        Assert.Equal(1u << 3 | 1u << 4 | 1u << 5 | 1u << 6, holidays.DaysIn(2026, 5));
    }

    [Theory]
    [InlineData("""{ "2026-01-01": "元日" }""")]
    [InlineData("""{ "2026-01-01": { "date": "2026-01-01", "week": "木", "name": "元日", "name_en": "New Year's Day" } }""")]
    public void Both_forms_of_JSON_are_read(string json) =>
        Assert.Equal("元日", Holidays.FromJson(new MemoryStream(Encoding.UTF8.GetBytes(json))).NameOf(new(2026, 1, 1)));

    [Fact]
    public void A_broken_line_is_named()
    {
        var error = Assert.Throws<FormatException>(() => Holidays.Parse(new StringReader("月日,名称\n2026/1/1,元日\n2026/2/30,?\n")));
        Assert.Contains("3行目", error.Message);
        Assert.Throws<FormatException>(() => Holidays.FromJson(new MemoryStream("""{ "2026-01-01": 1 }"""u8.ToArray())));
    }
}
