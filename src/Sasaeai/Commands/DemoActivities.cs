using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Outreaches;
using Sasaeai.Features.Postings;
using Sasaeai.Japanese;

namespace Sasaeai.Commands;

/// <summary>
/// Postings, activities and outreach of みほん市. Of 平成30年度 and 令和元年度 there are exactly as many as 富士見市 prints in
/// 生活支援体制整備事業について (活動回数, 普及啓発, 活動報告イベント, 配置数), so that its tables come out of the records.
/// </summary>
public static class DemoActivities
{
    private const string First = "sc1@mihon.example.jp", Second = "sc-mizube@mihon.example.jp";
    private static readonly TimeOnly Evening = new(17, 0);

    private sealed record Phrase(string Kind, string Function, string Way, int Minutes, int People, string What, string Noticed = "", string Next = "");

    private static readonly Phrase[] Phrases =
    [
        new("09", "02", "06", 90, 14, "{0}の定例会に参加し、生活支援体制整備事業の進みぐあいを報告した。", "役員の交代が続き、事業の説明を毎年くり返す必要がある。"),
        new("09", "01", "06", 120, 18, "地区社協の役員会に参加し、{0}との連絡のとり方を話し合った。"),
        new("09", "01", "03", 20, 1, "包括の職員と電話で、{0}のようすを伝え合った。"),
        new("09", "02", "04", 15, 0, "{0}の活動日の変更を、関わる団体にメールで知らせた。"),
        new("09", "04", "06", 90, 12, "地域ケア圏域会議に参加し、{0}の取組を紹介した。", "個別の困りごとの中に、地域で支えられるものが多くふくまれている。"),
        new("01", "03", "01", 60, 6, "{0}を訪ね、参加している人から暮らしの困りごとを聞いた。", "買い物とゴミ出しの声が多い。男性の声はまだ聞けていない。", "聞いた困りごとを、次の関係者会議に出す。"),
        new("01", "03", "02", 45, 2, "町会の人が来所。坂の多い地区の買い物について相談を受けた。", "移動の手だてがないと、通いの場にも来られなくなる。", "移動販売の事業者に、回れるかをたずねる。"),
        new("01", "01", "03", 25, 1, "民生委員から電話で、一人暮らしの人が増えている区域のようすを聞いた。"),
        new("01", "03", "07", 80, 2, "民生委員と同行し、閉じこもりがちな高齢者の宅を訪ねた。", "話し相手がほしいという思いが強い。"),
        new("02", "03", "01", 60, 9, "{0}で、これからやってみたいことを参加者に聞いた。", "料理と畑に関心のある人がいて、担い手になってもらえそうだ。"),
        new("02", "03", "06", 90, 16, "座談会に参加し、住んでいる地域をどうしたいかを話し合った。", "自分たちの地域のことを考えたいという人が増えてきた。", "次の座談会の日取りを町会長と決める。"),
        new("03", "01", "01", 50, 3, "{0}を訪ね、活動の日時、場所、参加できる人を聞き取った。", "", "聞き取った内容を資源の記録に入れる。"),
        new("03", "01", "03", 15, 1, "{0}に電話し、活動が続いていることを確かめた。"),
        new("03", "01", "01", 70, 4, "まち歩きをして、{0}のまわりの集いの場と店を見て回った。", "空き店舗が二つあり、集まる場所として使えるかもしれない。"),
        new("04", "06", "01", 90, 7, "{0}の立ち上げの相談を受け、会則と会計のひな型を渡した。", "会計を引き受ける人を見つけるのに時間がかかる。", "保険の手続きを調べて伝える。"),
        new("04", "04", "06", 120, 11, "通いの場を新しく始めるための話し合いに参加した。", "集会所の空き時間が少なく、場所がいちばんの課題である。", "空き店舗の持ち主に話を聞く。"),
        new("05", "05", "01", 60, 3, "スーパーの店長を訪ね、休憩コーナーを集いの場に使えるかを相談した。", "店側も客とのつながりを求めている。"),
        new("05", "05", "05", 45, 4, "移動販売の事業者とオンラインで、回る場所の案を話し合った。", "", "止められる場所の持ち主に了解を得る。"),
        new("06", "06", "06", 120, 22, "生活支援の担い手養成講座で、市内の助け合い活動を紹介した。", "受講しても活動につながらない人がいる。講座のあとの声かけが大事。", "受講した人に、見学できる団体を案内する。"),
        new("06", "02", "08", 40, 0, "SC通信で、{0}の協力者募集を知らせた。"),
        new("07", "05", "03", 30, 2, "庭木の手入れを頼みたい人を、{0}につないだ。", "短い時間の手伝いなら引き受けられるという人が多い。"),
        new("07", "05", "07", 70, 3, "{0}の見学に同行し、活動したい人を紹介した。"),
        new("08", "04", "06", 100, 9, "{0}と包括との話し合いの場を開き、見守りの分担を決めた。"),
        new("08", "05", "05", 60, 6, "配食の事業者と助け合い団体の連絡会をオンラインで開いた。", "断られた人の次の行き先を、互いに知らない。"),
        new("10", "02", "01", 60, 10, "{0}のお祭りを手伝い、顔見知りの人をふやした。"),
        new("10", "01", "06", 180, 30, "県の生活支援コーディネーター研修に参加した。", "ほかの市の、空き家を使った居場所づくりが参考になる。"),
    ];

    /// <summary>Groups of residents, with whom the phrases fit.</summary>
    private static readonly string[] Partners = ["D008", "D010", "D011", "D012", "D013", "D014", "D015", "D016", "D030", "D031", "D032", "D033", "D034", "D037", "D038", "D040"];

    private static readonly string[] Talks = ["支え合いの地域づくりの話をした", "生活支援コーディネーターの仕事を紹介した", "市内の助け合い活動の例を紹介した", "元気なうちからできることを話し合った"];
    private static readonly string[] Askers = ["さくら町会", "本町老人クラブ", "東台団地自治会", "水辺民生委員協議会", "緑ヶ丘いきいきサロン", "北畑地区社会福祉協議会"];
    private static readonly string[] Halls = ["第1集会所", "東台公民館", "水辺ふれあいセンター", "緑ヶ丘会館", "北畑公民館", "福祉センター"];

    public static async Task AddAsync(AppDb db, TimeProvider time)
    {
        var random = new Random(20260401);
        var staff = await db.Accounts.ToDictionaryAsync(account => account.Email);
        var areas = await db.Areas.Where(area => area.Layer != null).ToDictionaryAsync(area => area.Code, area => area.Id);
        var bodies = await db.Organizations.ToDictionaryAsync(organization => organization.Number, organization => organization.Id);
        var groups = await db.Organizations.Where(organization => Partners.Contains(organization.Number)).OrderBy(organization => organization.Number).Select(organization => new { organization.Id, organization.Name }).ToListAsync();
        var (town, zones) = (areas.Single(area => !area.Key.StartsWith('K')).Value, areas.Where(area => area.Key.StartsWith('K')).OrderBy(area => area.Key).Select(area => area.Value).ToArray());

        void Post(string email, string area, PostingLayer layer, Employer employer, string body, string from, string? to, decimal share, string duty = "") => Add(new Posting
        {
            Kind = PostingKind.Coordinator, AccountId = staff[email].Id, PersonName = staff[email].Name, AreaId = areas[area], Layer = layer, Employer = employer, OrganizationId = bodies[body], IsEntrusted = true, FullTimeShare = share, OtherDuty = duty,
        }, from, to);

        void Add(Posting posting, string from, string? to)
        {
            posting.Last(DateOnly.Parse(from), to is null ? null : DateOnly.Parse(to));
            db.Postings.Add(posting);
        }

        Post(First, "999997", PostingLayer.First, Employer.WelfareCouncil, "D001", "2016-04-01", "2017-03-31", 1);
        Post(First, "999997", PostingLayer.Both, Employer.WelfareCouncil, "D001", "2017-04-01", null, 1);
        Post(Second, "999997", PostingLayer.Both, Employer.WelfareCouncil, "D001", "2018-04-01", "2021-03-31", 1);
        Post(Second, "K3", PostingLayer.Second, Employer.WelfareCouncil, "D001", "2021-04-01", null, 1);
        Post("sc-chuo@mihon.example.jp", "K1", PostingLayer.Second, Employer.SupportCenter, "D003", "2021-04-01", null, 0.5m, "総合相談");
        Post("sc-higashidai@mihon.example.jp", "K2", PostingLayer.Second, Employer.SupportCenter, "D004", "2021-04-01", null, 0.5m, "権利擁護の相談");
        Post("sc-midorigaoka@mihon.example.jp", "K4", PostingLayer.Second, Employer.WelfareCouncil, "D001", "2022-04-01", null, 1);
        Post("sc-kitahata@mihon.example.jp", "K5", PostingLayer.Second, Employer.WelfareCouncil, "D001", "2023-04-01", null, 0.8m, "ボランティアセンター");
        foreach (var (email, area) in new[] { ("soudan-sakurakoji@mihon.example.jp", "C2"), ("soudan-kitahata@mihon.example.jp", "C7") })
        {
            var place = await db.Areas.Where(one => one.Code == area).Select(one => one.Id).SingleAsync();
            Add(new Posting { Kind = PostingKind.Counsellor, AccountId = staff[email].Id, PersonName = staff[email].Name, AreaId = place, Employer = Employer.WelfareCouncil, OrganizationId = bodies["D001"], IsEntrusted = false, HoursADay = 4, DaysAWeek = 4, Note = "地区社会福祉協議会の推薦。" }, "2024-04-01", null);
        }

        void Do(DateOnly day, string email, int layer, Guid area, bool isOpen = false, bool isDraft = false)
        {
            var (phrase, group) = (Phrases[random.Next(Phrases.Length)], groups[random.Next(groups.Count)]);
            var at = new DateTimeOffset(day.ToDateTime(Evening), Clock.Japan).ToUniversalTime();
            var record = new ActivityRecord { Id = NewId(random), AccountId = staff[email].Id, ByName = staff[email].Name, CreatedAt = at };
            record.Write(new ActivityContent
            {
                OnDay = day, StartsAt = new TimeOnly(9 + random.Next(8), 30 * random.Next(2)), Minutes = phrase.Minutes + 10 * random.Next(-1, 3), AreaId = area, Layer = layer,
                Kinds = random.Next(5) == 0 && phrase.Kind != "09" ? [phrase.Kind, "09"] : [phrase.Kind], Functions = [phrase.Function], Way = phrase.Way,
                OrganizationId = phrase.What.Contains("{0}") ? group.Id : null, HeadCount = phrase.People == 0 ? null : phrase.People + random.Next(3),
                What = string.Format(phrase.What, group.Name), Noticed = phrase.Noticed, NextStep = phrase.Next, NextDue = phrase.Next == "" ? null : day.AddDays(7 + random.Next(14)),
            }, NewId(random), 1, at);
            if (!isDraft)
            {
                record.Complete(PostingLayer.Both, at);
            }

            if (phrase.Next != "" && !isOpen)
            {
                record.Keep(at.AddDays(10));
            }

            db.ActivityRecords.Add(record);
        }

        foreach (var (year, first, second) in new[] { (2018, 257, 153), (2019, 462, 353) })
        {
            for (var i = 0; i < first + second; i++)
            {
                Do(WorkDay(random, new FiscalYear(year).Starts, new FiscalYear(year).Ends), i % 2 == 0 ? First : Second, i < first ? 1 : 2, i < first ? town : zones[random.Next(zones.Length)]);
            }
        }

        var (today, current) = (time.Today(), FiscalYear.Of(time.Today()));
        (string Email, int Layer, Guid Area)[] now = [(First, 1, town), (First, 2, zones[1]), ("sc-chuo@mihon.example.jp", 2, zones[0]), ("sc-higashidai@mihon.example.jp", 2, zones[1]), (Second, 2, zones[2]), ("sc-midorigaoka@mihon.example.jp", 2, zones[3]), ("sc-kitahata@mihon.example.jp", 2, zones[4])];
        for (var month = new FiscalYear(current.Year - 1).Starts; month <= today; month = month.AddMonths(1))
        {
            var last = month.AddMonths(1).AddDays(-1) < today ? month.AddMonths(1).AddDays(-1) : today;
            foreach (var (email, layer, area) in now)
            {
                for (var i = 0; i < 3; i++)
                {
                    Do(WorkDay(random, month, last), email, layer, area, isOpen: month.AddMonths(2) > today);
                }
            }
        }

        Do(today, First, 2, zones[1], isDraft: true);
        Do(today, "sc-chuo@mihon.example.jp", 2, zones[0], isDraft: true);

        void Tell(OutreachKind kind, int year, int layer, int times, int people, string? content = null, string? target = null, string? place = null)
        {
            foreach (var heads in Split(random, people, times))
            {
                var asker = Askers[random.Next(Askers.Length)];
                db.Outreaches.Add(new Outreach
                {
                    Kind = kind, OnDay = WorkDay(random, new FiscalYear(year).Starts, new FiscalYear(year).Ends), Place = place ?? Halls[random.Next(Halls.Length)], RequestedBy = kind == OutreachKind.Lecture ? asker : "", Layer = layer,
                    AreaId = layer == 1 ? town : zones[random.Next(zones.Length)], HeadCount = heads, Target = target ?? $"{asker}の皆さん", Content = content ?? Talks[random.Next(Talks.Length)],
                    AccountId = staff[First].Id, ByName = staff[First].Name, CreatedAt = new DateTimeOffset(new FiscalYear(year).Ends.ToDateTime(Evening), Clock.Japan).ToUniversalTime(),
                });
            }
        }

        Tell(OutreachKind.Explanation, 2018, 1, 19, 580);
        Tell(OutreachKind.Explanation, 2018, 2, 32 - 9, 648 - 204);
        Tell(OutreachKind.Lecture, 2018, 2, 9, 204);
        Tell(OutreachKind.Report, 2018, 1, 1, 99, "支え合い活動の報告会", "高齢者サロン参加者等", "福祉センター");
        Tell(OutreachKind.Explanation, 2019, 1, 63, 1106);
        Tell(OutreachKind.Explanation, 2019, 2, 43 - 11, 751 - 210);
        Tell(OutreachKind.Lecture, 2019, 2, 11, 210);
        Tell(OutreachKind.Report, 2019, 1, 1, 247, "おとなりフェス", "市民等（地区社協等の活動者）", "市民文化会館 多目的ホール");
        await db.SaveChangesAsync();
    }

    private static Guid NewId(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static DateOnly WorkDay(Random random, DateOnly from, DateOnly to)
    {
        var day = from.AddDays(random.Next(to.DayNumber - from.DayNumber + 1));
        return day.DayOfWeek switch
        {
            DayOfWeek.Saturday when day > from => day.AddDays(-1),
            DayOfWeek.Sunday when day < to => day.AddDays(1),
            _ => day,
        };
    }

    /// <summary>Numbers around the mean that add up to the whole.</summary>
    private static IEnumerable<int> Split(Random random, int whole, int parts)
    {
        for (; parts > 1; parts--)
        {
            var part = Math.Max(1, whole / parts * random.Next(60, 141) / 100);
            whole -= part;
            yield return part;
        }

        yield return whole;
    }
}
