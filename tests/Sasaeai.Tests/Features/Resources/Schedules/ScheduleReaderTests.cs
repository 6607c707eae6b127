using FsCheck;
using FsCheck.Fluent;
using Sasaeai.Features.Resources.Schedules;

namespace Sasaeai.Tests.Features.Resources.Schedules;

public class ScheduleReaderTests
{
    [Theory]
    [InlineData("毎週火曜 10:00〜11:30", "毎週火曜 10:00〜11:30")]
    [InlineData("毎週火・木曜日10時～11時30分", "毎週火・木曜 10:00〜11:30")]
    [InlineData("火曜日・金曜日 午前10時から正午", "毎週火・金曜 10:00〜12:00")]
    [InlineData("第2・4木曜 午後", "第2・第4木曜 午後")]
    [InlineData("第２,第４木曜日　13:30-15:00", "第2・第4木曜 13:30〜15:00")]
    [InlineData("毎月第1土曜", "第1土曜")]
    [InlineData("月〜金 9:00-17:00(祝日除く)", "平日 9:00〜17:00")]
    [InlineData("平日 9時〜17時", "平日 9:00〜17:00")]
    [InlineData("毎日", "毎日")]
    [InlineData("毎月10日", "毎月10日")]
    [InlineData("毎月5のつく日", "毎月5日・15日・25日")]
    [InlineData("5の付く日 10時〜", "毎月5日・15日・25日 10:00〜")]
    [InlineData("最終金曜", "最終金曜")]
    [InlineData("毎月最終金曜日 １４：００～１５：００", "最終金曜 14:00〜15:00")]
    [InlineData("土日祝", "毎週土・日曜・祝日")]
    [InlineData("土・日・祝日 10:00〜16:00", "毎週土・日曜・祝日 10:00〜16:00")]
    [InlineData("年中無休", "毎日")]
    [InlineData("第1月曜 10時半〜", "第1月曜 10:30〜")]
    [InlineData("令和8年12月5日(土) 10:00〜12:00", "令和8年12月5日（土） 10:00〜12:00")]
    [InlineData("2026年12月5日 10:00", "令和8年12月5日（土） 10:00〜")]
    [InlineData("R8.12.5（土）午前", "令和8年12月5日（土） 午前")]
    [InlineData("2026/12/5 13時", "令和8年12月5日（土） 13:00〜")]
    [InlineData("2026-12-05", "令和8年12月5日（土）")]
    [InlineData("令和8年12月5日〜7日", "令和8年12月5日（土）〜令和8年12月7日（月）")]
    [InlineData("令和8年12月28日から1月5日まで", "令和8年12月28日（月）〜令和9年1月5日（火）")]
    [InlineData("令和8年12月5日・12日・19日 10:00〜", "令和8年12月5日（土） 10:00〜/令和8年12月12日（土） 10:00〜/令和8年12月19日（土） 10:00〜")]
    [InlineData("毎週(火)", "毎週火曜")]
    [InlineData("(火) 10:00〜11:00", "毎週火曜 10:00〜11:00")]
    [InlineData("火", "毎週火曜")]
    [InlineData("月水金", "毎週月・水・金曜")]
    [InlineData("月・水・金 13:00～15:00", "毎週月・水・金曜 13:00〜15:00")]
    [InlineData("月、水、金曜日", "毎週月・水・金曜")]
    [InlineData("月曜日から金曜日 9:00〜16:00", "毎週月〜金曜 9:00〜16:00")]
    [InlineData("月曜〜土曜", "毎週月〜土曜")]
    [InlineData("月~金、9:00~17:00", "毎週月〜金曜 9:00〜17:00")]
    [InlineData("月ー金 9時ー17時", "毎週月〜金曜 9:00〜17:00")]
    [InlineData("土曜〜月曜", "毎週月・土・日曜")]
    [InlineData("毎週火曜日及び木曜日", "毎週火・木曜")]
    [InlineData("火曜と木曜 10時〜12時", "毎週火・木曜 10:00〜12:00")]
    [InlineData("毎週日曜日　9:30～", "毎週日曜 9:30〜")]
    [InlineData("毎水曜", "毎週水曜")]
    [InlineData("毎月曜", "毎週月曜")]
    [InlineData("第1・第3火曜日 午後1時30分〜3時", "第1・第3火曜 13:30〜15:00")]
    [InlineData("第1・3月曜、第2・4火曜 10:00〜12:00", "第1・第3月曜 10:00〜12:00/第2・第4火曜 10:00〜12:00")]
    [InlineData("第一土曜日", "第1土曜")]
    [InlineData("毎月 第３ 水曜日 午後２時より", "第3水曜 14:00〜")]
    [InlineData("第2火曜と第4木曜", "第2火曜/第4木曜")]
    [InlineData("第4・最終金曜", "第4・最終金曜")]
    [InlineData("毎月第2日曜日（8月を除く）", "1月〜7月・9月〜12月 第2日曜", "9月〜7月 第2日曜")]
    [InlineData("4月〜10月 毎週土曜 8時〜", "4月〜10月 毎週土曜 8:00〜")]
    [InlineData("毎週土曜(4月から10月まで)", "4月〜10月 毎週土曜")]
    [InlineData("11月〜3月の第1日曜", "11月〜3月 第1日曜")]
    [InlineData("5月・10月 第3日曜日", "5月・10月 第3日曜")]
    [InlineData("4・5・6月のみ 毎週金曜", "4月〜6月 毎週金曜")]
    [InlineData("毎月10日・20日 10:00〜", "毎月10日・20日 10:00〜")]
    [InlineData("毎月5、15、25日", "毎月5日・15日・25日")]
    [InlineData("毎月1日 午前中", "毎月1日 午前")]
    [InlineData("毎日 9:00〜17:00（月曜休み）", "毎日 9:00〜17:00（月曜は休み）")]
    [InlineData("毎日（日・祝除く）", "毎日（日曜・祝日は休み）")]
    [InlineData("9:00〜17:00 月曜休館", "毎日 9:00〜17:00（月曜は休み）")]
    [InlineData("定休日:水曜", "毎日（水曜は休み）")]
    [InlineData("日曜・祝日を除く毎日", "毎日（日曜・祝日は休み）")]
    [InlineData("土日祝日以外 10:00〜15:00", "毎日 10:00〜15:00（土・日曜・祝日は休み）")]
    [InlineData("毎週火曜（祝日は休み）", "毎週火曜（祝日は休み）")]
    [InlineData("毎週火曜(国民の祝日は休館)", "毎週火曜（祝日は休み）")]
    [InlineData("毎週月曜(祝日の場合は休み)", "毎週月曜（祝日は休み）")]
    [InlineData("火曜(祝日も開催)", "毎週火曜")]
    [InlineData("火 10:00〜12:00、13:00〜15:00", "毎週火曜 10:00〜12:00/毎週火曜 13:00〜15:00")]
    [InlineData("火10:00〜12:00、木13:00〜15:00", "毎週火曜 10:00〜12:00/毎週木曜 13:00〜15:00")]
    [InlineData("月〜金 9時〜17時、土 9時〜12時(祝日は休み)", "平日 9:00〜17:00/毎週土曜 9:00〜12:00（祝日は休み）")]
    [InlineData("火曜\n10:00〜11:30", "毎週火曜 10:00〜11:30")]
    [InlineData("火曜 10時〜；金曜 14時〜", "毎週火曜 10:00〜/毎週金曜 14:00〜")]
    [InlineData("10:00〜12:00 毎週火曜", "毎週火曜 10:00〜12:00")]
    [InlineData("9:00〜12:00 月曜、13:00〜15:00 火曜", "毎週月曜 9:00〜12:00/毎週火曜 13:00〜15:00")]
    [InlineData("水曜 午前・午後", "毎週水曜 午前/毎週水曜 午後")]
    [InlineData("水曜 終日", "毎週水曜 終日")]
    [InlineData("金曜 PM1:30〜PM3:00", "毎週金曜 13:30〜15:00")]
    [InlineData("木曜 9〜12時", "毎週木曜 9:00〜12:00")]
    [InlineData("木曜 10:00〜12", "毎週木曜 10:00〜12:00")]
    [InlineData("木曜 午前10時〜午後3時", "毎週木曜 10:00〜15:00")]
    [InlineData("開催日時:毎週木曜 10時開始", "毎週木曜 10:00〜")]
    [InlineData("隔週水曜(令和8年12月2日から) 10:00〜", "隔週水曜 10:00〜（令和8年12月2日から）")]
    [InlineData("令和8年12月2日から隔週水曜", "隔週水曜（令和8年12月2日から）")]
    [InlineData("毎週月曜（令和8年4月1日〜令和9年3月31日）", "毎週月曜（令和8年4月1日から令和9年3月31日まで）")]
    [InlineData("令和8年4月1日〜令和9年3月31日 毎週月曜", "毎週月曜（令和8年4月1日から令和9年3月31日まで）")]
    [InlineData("毎週金曜 令和9年3月31日まで", "毎週金曜（令和9年3月31日まで）")]
    [InlineData("毎週金曜。令和8年8月13日〜15日は休み（お盆）", "毎週金曜/令和8年8月13日（木）〜令和8年8月15日（土）は休み（お盆）")]
    [InlineData("毎週金曜\n令和8年4月1日から休止(会場の工事)", "毎週金曜/令和8年4月1日（水）から休止（会場の工事）")]
    [InlineData("毎平日", "平日")]
    [InlineData("月2回（第1・第3火曜日）10:00〜", "第1・第3火曜 10:00〜")]
    [InlineData("月1回 第3土曜日", "第3土曜")]
    [InlineData("毎月１回、第２日曜日 9時", "第2日曜 9:00〜")]
    [InlineData("月に二回 第2・第4木曜 午後", "第2・第4木曜 午後")]
    [InlineData("週2回（火・金）", "毎週火・金曜")]
    [InlineData("週１回 水曜日 10:00〜11:30", "毎週水曜 10:00〜11:30")]
    [InlineData("毎月1回 毎月10日", "毎月10日")]
    [InlineData("第1〜第3水曜日 10:00〜", "第1・第2・第3水曜 10:00〜")]
    [InlineData("第１～４金曜日", "第1・第2・第3・第4金曜")]
    [InlineData("第2水・第4金曜日", "第2水曜/第4金曜")]
    [InlineData("偶数月の第2日曜 10:00〜", "偶数月 第2日曜 10:00〜")]
    [InlineData("奇数月 第3土曜", "奇数月 第3土曜")]
    [InlineData("毎朝6:30〜", "毎日 6:30〜")]
    [InlineData("24時間365日", "毎日 終日")]
    [InlineData("年中無休 24時間", "毎日 終日")]
    [InlineData("毎日 24時間", "毎日 終日")]
    [InlineData("毎週火曜(第3火曜を除く)", "第1・第2・第4・第5火曜")]
    [InlineData("毎週火曜(第3週は休み)", "第1・第2・第4・第5火曜")]
    [InlineData("毎週火曜日（第5週は休み）10:00〜11:30", "第1・第2・第3・第4火曜 10:00〜11:30")]
    [InlineData("第4火曜日を除く毎週火曜日 10:00〜", "第1・第2・第3・第5火曜 10:00〜")]
    [InlineData("火曜・木曜10:00〜12:00、土曜10:00〜16:00（第3土曜は休み）", "毎週火・木曜 10:00〜12:00/第1・第2・第4・第5土曜 10:00〜16:00")]
    [InlineData("月・水・金 9:00〜12:00（第1月曜休み）", "第1月曜は休み", "第2・第3・第4・第5月曜 9:00〜12:00/毎週水・金曜 9:00〜12:00")]
    [InlineData("毎月 第２ 火曜日 13 時 30 分 ～ 15 時", "第2火曜 13:30〜15:00")]
    [InlineData("【火曜日】10:00〜12:00【木曜日】13:00〜15:00", "毎週火曜 10:00〜12:00/毎週木曜 13:00〜15:00")]
    [InlineData("毎週火曜日 10:00〜11:30 ※8月休み", "9月〜7月 毎週火曜 10:00〜11:30")]
    [InlineData("", "")]
    [InlineData(" 　\n、", "")]
    public void Written_schedules_are_read(string written, string printed, string? instead = null)
    {
        var (schedule, unread) = ScheduleReader.Read(written);
        Assert.Empty(unread);
        Assert.Equal(instead ?? printed, schedule.InJapanese().Replace('\n', '/'));
    }

    [Theory]
    [InlineData("お盆のころは変わります", "", "お盆のころは変わります")]
    [InlineData("毎週火曜 10:00〜11:30\nお盆のころは変わります", "毎週火曜 10:00〜11:30", "お盆のころは変わります")]
    [InlineData("毎週火曜 10:00〜11:30 年末年始のころは変わります", "毎週火曜 10:00〜11:30", "年末年始のころは変わります")]
    [InlineData("不定期", "", "不定期")]
    [InlineData("要問合せ", "", "要問合せ")]
    [InlineData("月2回 火曜", "", "月2回 火曜")]
    [InlineData("年3回", "", "年3回")]
    [InlineData("日没まで", "", "日没まで")]
    [InlineData("毎日 9:00〜日没", "毎日 9:00〜", "日没")]
    [InlineData("毎日 9:00〜24:00", "毎日", "9:00〜24:00")]
    [InlineData("毎日 9:00〜24", "毎日", "9:00〜24")]
    [InlineData("火曜 15:00〜10:00", "毎週火曜", "15:00〜10:00")]
    [InlineData("火曜 1時半〜3時", "毎週火曜", "1時半〜3時")]
    [InlineData("火曜 17時まで", "毎週火曜", "17時まで")]
    [InlineData("隔週水曜", "隔週水曜", "隔週（最初の日が書かれていないため、どの週か分かりません）")]
    [InlineData("第1火曜または第2火曜", "", "第1火曜または第2火曜")]
    [InlineData("第3月曜休館", "", "第3月曜休館")]
    [InlineData("月曜休館(祝日の場合は翌日)", "", "月曜休館(祝日の場合は翌日)")]
    [InlineData("隔月第1火曜", "", "隔月第1火曜")]
    [InlineData("12月5日(土)", "", "12月5日(土)")]
    [InlineData("１２／５（土） １０時", "", "１２／５（土） １０時")]
    [InlineData("令和8年12月5日(日)", "", "令和8年12月5日(日)")]
    [InlineData("令和8年2月30日", "", "令和8年2月30日")]
    [InlineData("10:00〜12:00", "", "10:00〜12:00")]
    [InlineData("毎月40日", "", "毎月40日")]
    [InlineData("毎週火曜 10:00〜11:30 公民館2階", "毎週火曜 10:00〜11:30", "公民館2階")]
    [InlineData("毎週火曜（雨天中止）", "毎週火曜", "雨天中止")]
    [InlineData("毎週火曜、要予約", "毎週火曜", "要予約")]
    [InlineData("平日 9時〜17時(年末年始を除く)", "平日 9:00〜17:00", "年末年始を除く")]
    [InlineData("毎週火曜 10時頃〜", "毎週火曜 10:00〜", "時刻はおよそです")]
    [InlineData("毎週火曜 9:30受付 10:00開始", "毎週火曜 10:00〜", "9:30受付")]
    [InlineData("第1月曜日（祝日の場合は翌日）10:00〜", "第1月曜 10:00〜（祝日は休み）", "祝日の場合は翌日")]
    [InlineData("毎週月曜、祝日にあたるときは翌週", "毎週月曜（祝日は休み）", "祝日にあたるときは翌週")]
    [InlineData("火曜 祝日の場合は翌日が休み", "", "火曜 祝日の場合は翌日が休み")]
    [InlineData("月3回 第1・第3火曜", "", "月3回 第1・第3火曜")]
    [InlineData("月2回 毎週火曜", "", "月2回 毎週火曜")]
    [InlineData("週3回（火・金）", "", "週3回（火・金）")]
    [InlineData("毎週火曜(最終週は休み)", "", "毎週火曜(最終週は休み)")]
    [InlineData("第5週は休み", "", "第5週は休み")]
    [InlineData("24時間", "", "24時間")]
    [InlineData("奇数週の火曜", "", "奇数週の火曜")]
    [InlineData("毎週火曜。月1回はお茶会", "毎週火曜", "月1回はお茶会")]
    [InlineData("本人の都合による", "", "本人の都合による")]
    [InlineData("土曜日・日曜日・祝日・年末年始を除く 8時30分～17時15分", "毎日 8:30〜17:15（土・日曜・祝日は休み）", "年末年始を除く")]
    [InlineData("8:30～17:15（土・日・祝日、年末年始除く）", "毎日 8:30〜17:15（土・日曜・祝日は休み）", "年末年始除く")]
    [InlineData("月曜日～金曜日（祝日・12月29日～1月3日を除く）8:30～17:15", "平日 8:30〜17:15", "12月29日～1月3日を除く")]
    [InlineData("月〜金 9時〜17時(12月29日〜1月3日は休み)", "毎週月〜金曜 9:00〜17:00", "12月29日〜1月3日は休み")]
    [InlineData("火曜、年末年始を除く", "", "火曜、年末年始を除く")]
    [InlineData("第4木曜(12月は第3木曜)", "", "第4木曜(12月は第3木曜)")]
    [InlineData("第2木曜、8月は第1木曜", "", "第2木曜、8月は第1木曜")]
    [InlineData("令和8年11月から毎週水曜", "", "令和8年11月から毎週水曜")]
    [InlineData("原則毎週水曜", "", "原則毎週水曜")]
    [InlineData("火～日曜日（月曜休館、祝日の場合は開館）", "", "火～日曜日（月曜休館、祝日の場合は開館）")]
    [InlineData("その日による", "", "その日による")]
    [InlineData("日本舞踊 毎週木曜", "毎週木曜", "日本舞踊")]
    [InlineData("会費 月500円", "", "会費 月500円")]
    [InlineData("土地の集会所にて", "", "土地の集会所にて")]
    public void What_cannot_be_read_stays_as_written_and_is_reported(string written, string rules, string unread)
    {
        var (schedule, parts) = ScheduleReader.Read(written);
        Assert.Equal(unread, string.Join('|', parts));
        Assert.Equal(rules, string.Join('/', schedule.Rules.Select(rule => rule.InJapanese())));
        Assert.Equal(string.Join('、', parts), schedule.Note);
    }

    [Fact]
    public void A_printed_rule_is_read_back() => Prop.ForAll(RandomSchedules.Rules.ToArbitrary(), rule =>
    {
        var (schedule, unread) = ScheduleReader.Read(rule.InJapanese());
        return (unread.Count == 0 && schedule.Rules is [var read] && read == rule).Label($"{rule.InJapanese()} → {schedule.InJapanese()}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_printed_schedule_is_read_back() => Prop.ForAll(RandomSchedules.Rules.ListOf().Zip(RandomSchedules.Closures.ListOf()).ToArbitrary(), given =>
    {
        var schedule = new Schedule { Rules = [.. given.Item1.Take(4)], Closures = [.. given.Item2.Take(2)] };
        var (read, unread) = ScheduleReader.Read(schedule.InJapanese());
        return (unread.Count == 0 && read.Rules.SequenceEqual(schedule.Rules) && read.Closures.SequenceEqual(schedule.Closures)).Label($"{schedule.InJapanese()} → {read.InJapanese()}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_written_makes_it_fail()
    {
        var pieces = Gen.Elements("毎週", "火曜", "第", "2", "・", "、", "〜", "10:00", "24時", "令和8年", "12月", "5日", "(", ")", "休み", "祝日", "を除く", "毎月", "隔週", "\n", "。", "最終", "午後", "99", "年中無休", "から", "まで", "４", "𠮷", "\uD842");
        Prop.ForAll(pieces.ListOf().ToArbitrary(), parts =>
        {
            var (schedule, _) = ScheduleReader.Read(string.Concat(parts));
            return !schedule.Rules.SelectMany(rule => rule.Problems()).Any();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => ScheduleReader.Read(text).Unread is not null).QuickCheckThrowOnFailure();
        Assert.Equal(new string('火', 5000), Assert.Single(ScheduleReader.Read(new string('火', 5000)).Unread));
    }
}
