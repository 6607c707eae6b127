using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Counts;
using Sasaeai.Features.Fundings;
using Sasaeai.Features.Indicators;
using Sasaeai.Features.Plans;

namespace Sasaeai.Commands;

/// <summary>みほん市's plans: indicators with their targets, what was written beside the figures of 令和元年度, and who paid. 第10期 is only planned yet.</summary>
public static class DemoPlans
{
    private const string Writer = "久保 直子", Draft = "第10期計画 素案";

    public static async Task AddAsync(AppDb db, TimeProvider time)
    {
        var now = time.GetUtcNow();
        foreach (var number in new[] { 7, 8, 9, 10 })
        {
            var plan = new Plan { Number = number, Title = "", CreatedAt = now };
            plan.Describe($"みほん市高齢者保健福祉計画・第{number}期介護保険事業計画", "基本方針２（３）生活支援体制の整備");
            db.Add(plan);
        }

        AddIndicators(db, now);
        await AddTextsAsync(db, now);
        AddFunding(db);
        await db.SaveChangesAsync();
    }

    private static void AddIndicators(AppDb db, DateTimeOffset now)
    {
        var sort = 0;
        IndicatorDefinition Add(string name, IndicatorLayer layer, CountingRule? rule, string source, string? counting = null, string[]? kinds = null, string unit = "", Direction direction = Direction.Higher, string enteredBy = "", int from = 2018)
        {
            var indicator = new Indicator(new DefinitionCard
            {
                Name = name, Layer = layer, RuleCode = rule?.Code, Kinds = kinds ?? [], Unit = rule?.Unit ?? unit, Counting = counting ?? rule!.Counting, EnteredBy = enteredBy, Direction = direction, Source = source, FromYear = from,
            }, sort += 10, Writer, now);
            db.AddRange(indicator, indicator.First!);
            return indicator.First!;
        }

        void Set(IndicatorDefinition definition, ValueKind kind, IndicatorLayer layer, int firstYear, string source, params Quantity[] quantities)
        {
            foreach (var (back, quantity) in quantities.Index())
            {
                var value = IndicatorValue.For(definition, kind, new Cell(firstYear + back, layer));
                value.Set(quantity, source, Writer, now);
                db.Add(value);
            }
        }

        var meetings = Add("推進会議等の開催回数", IndicatorLayer.Both, CountingRules.CouncilMeetings, "第7期計画 52ページ",
            "第1層の推進会議と、第2層で開いた協議体・地域会議・座談会など、「推進会議等に数える」とした会議1回を1と数える。計画書は層を書いていないので、両方の合計と読んだ。");
        Set(meetings, ValueKind.Target, IndicatorLayer.Both, 2018, "第7期計画 52ページ", new(5), new(6), new(7));
        Set(meetings, ValueKind.Target, IndicatorLayer.First, 2021, "第8期計画 58ページ", new(3), new(3), new(3));
        Set(meetings, ValueKind.Target, IndicatorLayer.Second, 2021, "第8期計画 58ページ", new(15), new(20), new(25));
        Set(meetings, ValueKind.Target, IndicatorLayer.Both, 2021, "第8期計画 58ページ", new(18), new(23), new(28));
        Set(meetings, ValueKind.Target, IndicatorLayer.Both, 2024, "第9期計画 61ページ", new(30), new(32), new(34));
        Set(meetings, ValueKind.Target, IndicatorLayer.First, 2027, Draft, new(3), new(4), new(4));
        Set(meetings, ValueKind.Target, IndicatorLayer.Second, 2027, Draft, new(33), new(34), new(36));
        Set(meetings, ValueKind.Target, IndicatorLayer.Both, 2027, Draft, new(36), new(38), new(40));
        Set(meetings, ValueKind.Forecast, IndicatorLayer.Both, 2027, "第2層の協議体がふえる分を足した見込み", new(35), new(37), new(39));

        var activities = Add("生活支援コーディネーターの活動回数", IndicatorLayer.Both, CountingRules.Activities, "第7期計画 53ページ");
        Set(activities, ValueKind.Target, IndicatorLayer.Both, 2018, "第7期計画 53ページ", new(250), new(300), new(400));
        Set(activities, ValueKind.Target, IndicatorLayer.First, 2021, "第8期計画 59ページ", new(450), new(450), new(450));
        Set(activities, ValueKind.Target, IndicatorLayer.Second, 2021, "第8期計画 59ページ", new(400), new(450), new(500));
        Set(activities, ValueKind.Target, IndicatorLayer.Both, 2021, "第8期計画 59ページ", new(850), new(900), new(950));
        Set(activities, ValueKind.Target, IndicatorLayer.Both, 2024, "第9期計画 62ページ", new(950), new(980), new(1000));
        Set(activities, ValueKind.Target, IndicatorLayer.Both, 2027, Draft, new(1020), new(1040), new(1060));
        Set(activities, ValueKind.Forecast, IndicatorLayer.Both, 2027, "コーディネーターを1人ふやした場合の見込み", new(1000), new(1030), new(1060));

        var outreach = Add("普及啓発の回数", IndicatorLayer.Both, CountingRules.OutreachTimes, "第8期計画 60ページ");
        Set(outreach, ValueKind.Target, IndicatorLayer.Both, 2021, "第8期計画 60ページ", new(100), new(105), new(110));
        Set(outreach, ValueKind.Target, IndicatorLayer.Both, 2027, Draft, new(115), new(118), new(120));
        Set(outreach, ValueKind.Forecast, IndicatorLayer.Both, 2027, "この3年の伸びから", new(112), new(115), new(118));
        Set(Add("出前講座の依頼", IndicatorLayer.Both, CountingRules.OutreachTimes, "第8期計画 60ページ", "依頼を受けて行った出前講座1回を1と数える。", [SnakeCase.From(Features.Outreaches.OutreachKind.Lecture)]),
            ValueKind.Target, IndicatorLayer.Both, 2021, "第8期計画 60ページ", new(15), new(18), new(20));
        Add("活動報告イベントの参加人数", IndicatorLayer.Both, CountingRules.ReportingEvents, "第7期計画 54ページ");
        var care = Add("SCの地域ケア会議への参加割合", IndicatorLayer.Both, CountingRules.Find("care_meeting_share"), "交付金の評価指標");
        Set(care, ValueKind.Target, IndicatorLayer.Both, 2024, "交付金の評価指標", new(80, 100), new(85, 100), new(90, 100));
        Set(care, ValueKind.Target, IndicatorLayer.Both, 2027, Draft, new(92, 100), new(94, 100), new(95, 100));
        var returned = Add("引継ぎのお返しができた割合", IndicatorLayer.Both, CountingRules.Find("returned_handovers"), "第9期計画 63ページ", from: 2024);
        Set(returned, ValueKind.Target, IndicatorLayer.Both, 2024, "第9期計画 63ページ", new(100, 100), new(100, 100), new(100, 100));
        Set(returned, ValueKind.Target, IndicatorLayer.Both, 2027, Draft, new(100, 100), new(100, 100), new(100, 100));
        var overdue = Add("確認の期限をすぎた地域資源の数", IndicatorLayer.Second, CountingRules.OverdueResources, "第9期計画 63ページ", direction: Direction.Lower, from: 2024);
        Set(overdue, ValueKind.Target, IndicatorLayer.Second, 2026, "第9期計画 63ページ", new Quantity(20));
        Set(overdue, ValueKind.Target, IndicatorLayer.Second, 2027, Draft, new(15), new(10), new(5));

        var feeling = Add("助け合い支え合えるまちだと思う人の割合", IndicatorLayer.First, null, "第7期計画 50ページ", "高齢者等実態調査で「とてもそう思う」「ややそう思う」と答えた人を、回答者数で割る。無回答も回答者数に入れる。", unit: "%", enteredBy: "高齢福祉課の担当者が、調査の年に");
        Set(feeling, ValueKind.Target, IndicatorLayer.First, 2019, "第7期計画 50ページ", new Quantity(30, 100));
        Set(feeling, ValueKind.Target, IndicatorLayer.First, 2028, Draft, new Quantity(36, 100));
        Set(feeling, ValueKind.Result, IndicatorLayer.First, 2019, "高齢者等実態調査(令和2年3月)の問11から", new Quantity(102 + 552, 2179));
    }

    private static async Task AddTextsAsync(AppDb db, DateTimeOffset now)
    {
        var zones = await db.Areas.Where(area => area.Layer == 2).ToDictionaryAsync(area => area.Code, area => area.Id);
        void Write(PlanSection section, PlanTextKind kind, string text, string? zone = null) =>
            db.Add(PlanText.Write(new PlanPlace(2019, kind, section, AreaId: zone is null ? null : zones[zone]), null, text, Writer, now));

        Write(PlanSection.Overview, PlanTextKind.Body, "年をとっても住み慣れた家で暮らせるように、市は、介護保険のサービスだけでなく、住民、団体、事業者がそれぞれにできることを持ち寄る仕組みづくりを進めています。平成27年度に研究会を始め、平成28年度からは市全域（第1層）の推進会議を開き、社会福祉協議会に生活支援コーディネーターを置いています。");
        Write(PlanSection.Meetings, PlanTextKind.Body, "推進会議（第1層）には、町会、地区社協、民生委員、ボランティア団体、商店会と、地域包括支援センターが加わっています。ちょっとした困りごとは近くで解決できるように、集まった課題を話し合います。\n圏域（第2層）では、住民と関係者が自分たちの地域について話し合う場を少しずつふやしています。");
        Write(PlanSection.Meetings, PlanTextKind.Situation, "・圏域での話し合いを急がずに重ねてきたので、自分の住む地域をどうしたいかを語る人がふえている。\n・圏域より小さな範囲で動いている人たちに付き合いながら、地域ごとに違う手だてで支えていく必要がある。");
        Write(PlanSection.Efforts, PlanTextKind.Body, "地区社協の役員、福祉施設、民間の事業者が集まり、通いの場づくりと移動の手だてについて話し合っています。移動販売の話が買い物に困る人の話につながり、施設と住民のつながりも生まれました。", "K1");
        Write(PlanSection.Efforts, PlanTextKind.Body, "住民向けの座談会から始まり、今は民間の場所を借りて月に一度集まっています。会の名前も参加した人たちが決めました。昼間の集まりのため、来る人の年代がかたよることが課題です。", "K4");
        Write(PlanSection.Efforts, PlanTextKind.Body, "有償の助け合い活動が続いています。コーディネーターは始まる前から相談を受け、今は裏方として支えています。ほかの市や団体からの視察を受け入れ、経験を伝えています。", "K5");
        Write(PlanSection.Coordinators, PlanTextKind.Body, "平成30年度からコーディネーターは2名になり、市全域（第1層）と圏域（第2層）を兼ねて活動しています。町会や地区社協など、すでにある集まりに出向いて信頼を得ることから、困りごとの把握は始まります。");
        Write(PlanSection.Postings, PlanTextKind.Situation, "・委託先が一つの法人で、二つの層を兼ねているので、連絡は取りやすい。\n・圏域ごとにきめ細かく動くには人が足りず、体制を厚くする必要がある。");
        Write(PlanSection.Activities, PlanTextKind.Situation, "・集まりに出たときは、支え合いの考え方や地域の資源の情報を、その地域に合わせて伝えている。\n・2名の体制になって出向く先がふえ、活動の回数がふえた。\n・令和2年度は感染症のため、出向く活動が難しくなっている。");
        Write(PlanSection.ReportingEvent, PlanTextKind.Situation, "・地域で活動する人の発表と、コーディネーターの報告を合わせた会を年に一度開いている。\n・令和元年度は地区社協などで活動する市民を主な相手に、市内外の例を紹介した。");
        Write(PlanSection.Outreach, PlanTextKind.Situation, "・さまざまな会議に出た機会に、この事業とコーディネーターの役割を説明している。\n・出前講座の依頼はまだ少なく、事業を知ってもらうことが課題である。");
    }

    private static void AddFunding(AppDb db)
    {
        foreach (var (year, general, comprehensive) in new[] { (2018, 239_200_000L, 158_300_000L), (2019, 244_600_000L, 161_900_000L), (2026, 281_300_000L, 190_400_000L) })
        {
            foreach (var (project, yen) in new[] { (Project.General, general), (Project.Comprehensive, comprehensive) })
            {
                var funding = new Funding { FiscalYear = year, Project = project };
                funding.Set(yen, Shares.Usual(project), "予算の積算上の公費と保険料");
                db.Add(funding);
            }

            var fee = new EntrustedFee { FiscalYear = year, Project = Project.Comprehensive };
            fee.Set("みほん市社会福祉協議会", "生活支援コーディネーターの配置と、第2層の話し合いの場の支援", year == 2026 ? 24_800_000 : 11_600_000);
            db.Add(fee);
        }
    }
}
