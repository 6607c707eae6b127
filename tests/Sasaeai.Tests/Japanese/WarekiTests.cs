using FsCheck;
using FsCheck.Fluent;
using Sasaeai.Japanese;

namespace Sasaeai.Tests.Japanese;

public class WarekiTests
{
    static readonly Arbitrary<DateOnly> Days = Gen.Choose(new DateOnly(1873, 1, 1).DayNumber, new DateOnly(2199, 12, 31).DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary();

    [Theory]
    [InlineData("R2.6.15", "2020-06-15")]
    [InlineData("r2.6.15", "2020-06-15")]
    [InlineData("令和2年6月15日", "2020-06-15")]
    [InlineData("令和元年5月1日", "2019-05-01")]
    [InlineData("Ｒ２．６．１５", "2020-06-15")]
    [InlineData("H30/4/1", "2018-04-01")]
    [InlineData("昭和39年10月10日", "1964-10-10")]
    [InlineData("昭和64年1月7日", "1989-01-07")]
    [InlineData("平成元年1月8日", "1989-01-08")]
    [InlineData("大正元年7月30日", "1912-07-30")]
    [InlineData("明治45年7月29日", "1912-07-29")]
    [InlineData("2020-06-15", "2020-06-15")]
    [InlineData("２０２０−０６−１５", "2020-06-15")]
    [InlineData("2020/6/15", "2020-06-15")]
    [InlineData("2020年6月15日", "2020-06-15")]
    [InlineData("西暦2020年6月15日", "2020-06-15")]
    [InlineData("20200615", "2020-06-15")]
    [InlineData(" 令和 8年 11月 21日 ", "2026-11-21")]
    [InlineData("㋿2年6月15日", "2020-06-15")]
    [InlineData("令和8年11月21日（土）", "2026-11-21")]
    [InlineData("R6.2.29", "2024-02-29")]
    public void A_written_date_is_read(string written, string date)
    {
        Assert.True(Wareki.TryReadDate(written, out var read));
        Assert.Equal(DateOnly.Parse(date), read);
    }

    [Theory]
    [InlineData("令和2年2月30日")]
    [InlineData("R7.2.29")]
    [InlineData("平成31年5月1日")]
    [InlineData("令和元年4月30日")]
    [InlineData("昭和64年1月8日")]
    [InlineData("昭和元年12月24日")]
    [InlineData("明治5年12月31日")]
    [InlineData("1872-12-31")]
    [InlineData("令和0年1月1日")]
    [InlineData("R2.13.1")]
    [InlineData("2020/6-15")]
    [InlineData("6月15日")]
    [InlineData("26/6/15")]
    [InlineData("令和8年11月21日(日)")]
    [InlineData("令和8年11月21日(2025年)")]
    [InlineData("2020-06-15 10:00")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_date_is_refused(string? written) => Assert.False(Wareki.TryReadDate(written, out _));

    [Fact]
    public void A_date_is_printed_in_the_era_and_in_the_Western_year()
    {
        var day = new DateOnly(2026, 11, 21);
        Assert.Equal("令和8年11月21日（2026年）", Wareki.Long(day));
        Assert.Equal("令和8年11月21日（土）", Wareki.WithWeekday(day));
        Assert.Equal("令和8年11月21日", Wareki.Date(day));
        Assert.Equal("R8.11.21", Wareki.Short(day));
        Assert.Equal("令和元年5月1日", Wareki.Date(new(2019, 5, 1)));
        Assert.Equal("平成31年4月30日", Wareki.Date(new(2019, 4, 30)));
    }

    [Fact]
    public void Every_printed_date_is_read_back() => Prop.ForAll(Days, day =>
        new[] { Wareki.Long(day), Wareki.WithWeekday(day), Wareki.Date(day), Wareki.Short(day), day.ToString("yyyyMMdd") }
            .All(printed => Wareki.TryReadDate(printed, out var read) && read == day)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_answered() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Wareki.TryReadDate(text, out _) | FiscalYear.TryRead(text, out _) | true).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(2019, "令和元年度", "R元")]
    [InlineData(2018, "平成30年度", "H30")]
    [InlineData(2020, "令和2年度", "R2")]
    [InlineData(1989, "平成元年度", "H元")]
    [InlineData(1988, "昭和63年度", "S63")]
    public void A_fiscal_year_has_its_official_name(int year, string label, string shortLabel)
    {
        var fiscalYear = new FiscalYear(year);
        Assert.Equal((label, shortLabel), (fiscalYear.Label, fiscalYear.ShortLabel));
        Assert.True(FiscalYear.TryRead(label, out var read) && read == fiscalYear);
        Assert.True(FiscalYear.TryRead(shortLabel, out read) && read == fiscalYear);
    }

    [Theory]
    [InlineData("R1", 2019)]
    [InlineData("Ｒ元", 2019)]
    [InlineData("平成31年度", 2019)]
    [InlineData("2019", 2019)]
    [InlineData("２０１９年度", 2019)]
    public void A_written_fiscal_year_is_read(string written, int year) =>
        Assert.Equal(year, FiscalYear.TryRead(written, out var read) ? read.Year : 0);

    [Theory]
    [InlineData("R0")]
    [InlineData("19")]
    [InlineData("9999")]
    [InlineData("来年度")]
    [InlineData(null)]
    public void What_is_no_fiscal_year_is_refused(string? written) => Assert.False(FiscalYear.TryRead(written, out _));

    [Fact]
    public void A_fiscal_year_runs_from_April_to_March() => Prop.ForAll(Days, day =>
    {
        var year = FiscalYear.Of(day);
        return year.Starts <= day && day <= year.Ends && FiscalYear.Of(year.Ends.AddDays(1)) == new FiscalYear(year.Year + 1);
    }).QuickCheckThrowOnFailure();
}
