using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Meetings;
using Sasaeai.Japanese;
using Sasaeai.Tables;

namespace Sasaeai.Commands;

/// <summary>
/// The demo town's councils and meetings: those of H30 and R1 give every figure of a printed yearly paper
/// (meetings.csv says how many of which), the recent ones show minutes, decisions and tasks on their way.
/// </summary>
public sealed class DemoMeetings(AppDb db, TimeProvider time)
{
    /// <summary>People who came to 気楽に話そう会 in R1 besides its core members.</summary>
    private const int Guests = 27;

    private static readonly string[] Surnames = ["青木", "石田", "内山", "江口", "太田", "片桐", "菊池", "倉田", "小山"];
    private static readonly string[] GivenNames = ["タケ子", "良夫", "ミチ"];

    private readonly Actor actor = new(null, "見本の読み込み");
    private readonly Dictionary<string, Council> councils = [];
    private readonly Dictionary<string, List<CouncilMember>> members = [];
    private readonly Dictionary<(Guid?, int), int> numbers = [];
    private Dictionary<string, Guid> areas = [];
    private List<Account> coordinators = [];

    public static Task AddAsync(AppDb db, TimeProvider time) => new DemoMeetings(db, time).AddAsync();

    private async Task AddAsync()
    {
        areas = await db.Areas.Where(area => area.Layer != null).ToDictionaryAsync(area => area.Code, area => area.Id);
        coordinators = await db.Accounts.Where(account => account.Email.StartsWith("sc")).OrderBy(account => account.Email).ToListAsync();
        AddCouncils();
        AddPaperYears();
        await AddRecentAsync();
        foreach (var (email, council) in new[] { ("iin@mihon.example.jp", "推進会議"), ("iin-mizube@mihon.example.jp", "水辺") })
        {
            var account = await db.Accounts.SingleAsync(account => account.Email == email);
            db.Memberships.Add(new Membership { AccountId = account.Id, Role = Role.CouncilMember, CouncilId = councils[council].Id, StartsOn = time.Today().AddYears(-1) });
        }

        await db.SaveChangesAsync();
        foreach (var next in await db.Meetings.Where(meeting => meeting.HeldOn > time.Today()).ToListAsync())
        {
            await CarryOver.IntoAsync(db, next, actor, time.GetUtcNow());
        }

        await db.SaveChangesAsync();
    }

    private void AddCouncils()
    {
        foreach (var row in Read("councils.csv"))
        {
            var founded = row["設置日"] == "" ? (DateOnly?)null : DateOnly.Parse(row["設置日"], CultureInfo.InvariantCulture);
            var council = new Council
            {
                Name = row["名称"], Nickname = row["愛称"], Kind = Enum.Parse<CouncilKind>(row["段階"]), Regarded = row["みなし"] == "1", Layer = int.Parse(row["層"], CultureInfo.InvariantCulture),
                AreaId = areas[row["圏域"]], Secretariat = row["事務局"], Purpose = row["目的"], FoundedOn = founded, CreatedAt = time.GetUtcNow(),
            };
            db.Councils.Add(councils[row["符号"]] = council);
            db.CouncilStages.Add(council.Reach(FoundingStage.Approach, (founded ?? new DateOnly(2019, 8, 1)).AddYears(-1), "自治会長と民生委員を一人ずつ訪ねて、話し合いに誘った。", actor, time.GetUtcNow()));
            if (founded is { } day)
            {
                db.CouncilStages.AddRange(council.Reach(FoundingStage.Preparation, day.AddMonths(-5), "準備会を始めた。", actor, time.GetUtcNow()), council.Reach(FoundingStage.Founding, day, "", actor, time.GetUtcNow()));
            }
        }

        foreach (var row in Read("council-members.csv"))
        {
            var member = new CouncilMember
            {
                CouncilId = councils[row["協議体"]].Id, Name = row["氏名"], Affiliation = row["所属"], Chosen = Enum.Parse<Chosen>(row["選ばれ方"]), Post = Enum.Parse<CouncilPost>(row["役"]), StartsOn = new DateOnly(2018, 4, 1),
            };
            db.CouncilMembers.Add(member);
            members.TryAdd(row["協議体"], []);
            members[row["協議体"]].Add(member);
        }
    }

    private void AddPaperYears()
    {
        foreach (var row in Read("meetings.csv"))
        {
            FiscalYear.TryRead(row["年度"], out var year);
            var (times, council) = (int.Parse(row["回数"], CultureInfo.InvariantCulture), row["協議体"]);
            for (var n = 0; n < times; n++)
            {
                var day = Weekday(year.Starts.AddDays(365 * (2 * n + 1) / (2 * times)));
                var meeting = Add(new MeetingPlan(council == "" ? null : councils[council].Id, row["種類"], row["集計での名前"], row["会議の名前"], day, new TimeOnly(13, 30), new TimeOnly(15, 0), "", areas[row["圏域"]], row["層"] == "1" ? 1 : 2, row["数える"] == "1", false));
                db.Attendances.Add(Attendance.Of(meeting.Id, coordinators[0], present: true, AttendanceWay.Typed, meeting.CreatedAt));
                if (council == "気楽" && year.Year == 2019)
                {
                    Attend(meeting, n, times);
                }
            }
        }
    }

    /// <summary>The twelve core members nearly always, the others in turn.</summary>
    private void Attend(Meeting meeting, int number, int times)
    {
        foreach (var (at, member) in members["気楽"].Index())
        {
            db.Attendances.Add(Attendance.Of(meeting.Id, member, present: (at + number) % 6 != 5, AttendanceWay.Sheet, meeting.CreatedAt));
        }

        foreach (var guest in Enumerable.Range(0, Guests).Where(guest => guest % times == number || guest % 4 == number % 4))
        {
            db.Attendances.Add(Attendance.Of(meeting.Id, AttendeeKind.Participant, $"{Surnames[guest % Surnames.Length]} {GivenNames[guest / Surnames.Length]}", "住民", AttendanceWay.Sheet, meeting.CreatedAt));
        }
    }

    private async Task AddRecentAsync()
    {
        var today = time.Today();
        var city = Hold("推進会議", today.AddDays(-75), "市役所 301会議室", "第2層からの報告", "坂の多い地区の買い物", "年間の進め方");
        Say(city, 1, "緑ヶ丘では、歩いて行ける店がなくなり、坂の上の人ほど困っている。みどり屋の移動販売車は週2回で、坂の上までは来ていない。", decision: "みどり屋に、坂の上の停留所を増やす相談をする。", task: ("停留所にできる場所の一覧をつくる", "相沢 恵（SC）", today.AddDays(-20)), done: true);
        Say(city, 2, "年に4回開く。次は第2層の代表も招く。", decision: "次の会議から、第2層協議体の代表を招く。", task: ("第2層の代表に声をかける", "高齢福祉課", today.AddDays(10)));
        await FinishAsync(city, "坂の上の地区まで移動販売車に来てもらえるよう、店に相談することを決めました。");
        Hold("推進会議", today.AddDays(21), "市役所 301会議室", "第2層協議体の代表との意見交換");

        var talk = Hold("気楽", today.AddDays(-40), "緑ヶ丘集会所", "資源マップづくり", "ゴミ出しの手伝い");
        Say(talk, 0, "歩いて確かめる担当を、四つの丁目ごとに決めた。", task: ("二丁目を歩いて、ベンチとトイレを書きこむ", "荻野 一夫", today.AddDays(-5)));
        Say(talk, 1, "朝7時までに出すのがつらい人がいる。手伝い隊だけでは足りない。", decision: "手伝える人を、自治会の回覧で募る。", task: ("回覧の文をつくる", "星野 進", today.AddDays(-12)), done: true);
        await FinishAsync(talk, "町を歩いて資源マップをつくること、ゴミ出しを手伝える人を回覧で募ることを決めました。");
        var last = Hold("気楽", today.AddDays(-9), "緑ヶ丘集会所", "回覧の結果", "冬の見守り");
        Say(last, 0, "回覧を見て、6人から手伝えると連絡があった。");
        Hold("気楽", today.AddDays(19), "緑ヶ丘集会所", "資源マップの印刷");

        var water = Hold("水辺", today.AddDays(-30), "水音寺 本堂", "大雨のときの声かけ", "買い物便の曜日");
        Say(water, 0, "避難の声かけをする家を、班ごとに決めておきたい。", decision: "班ごとに、声をかける順番を書いた紙をつくる。", task: ("声かけの紙の案をつくる", "濵口 敏夫", today.AddDays(14)));
        await FinishAsync(water, "大雨のときに声をかけ合う順番を、班ごとに決めておくことにしました。");
        Hold("水辺", today.AddDays(33), "水音寺 本堂", "声かけの紙の確認");
        Hold("北畑", today.AddDays(-16), "北畑公民館", "草刈りの依頼", "通院の送り迎え");

        foreach (var (code, at) in new[] { "K1", "K2", "K3", "K4", "K5" }.Select((code, at) => (code, at)))
        {
            for (var n = 0; n < 4; n++)
            {
                var care = Add(new MeetingPlan(null, "care-area", "", $"第{code[1..]}圏域 地域ケア圏域会議", Weekday(today.AddDays(-25 - 45 * n - at)), new TimeOnly(14, 0), new TimeOnly(16, 0), "", areas[code], 2, false, false));
                if (n > 0)
                {
                    db.Attendances.Add(Attendance.Of(care.Id, coordinators[(at + 1) % coordinators.Count], present: true, AttendanceWay.Typed, care.CreatedAt));
                }
            }
        }
    }

    private Meeting Hold(string key, DateOnly day, string place, params string[] agenda)
    {
        var council = councils[key];
        var kind = council.Layer == 1 ? "council-1" : "council-2";
        var meeting = Add(new MeetingPlan(council.Id, kind, "", council.Nickname == "" ? council.Name : council.Nickname, Weekday(day), new TimeOnly(10, 0), new TimeOnly(11, 30), place, council.AreaId, council.Layer, true, false));
        foreach (var (position, title) in agenda.Index())
        {
            CarryOver.Add(db, new AgendaItem { MeetingId = meeting.Id, Position = position + 1, Title = title }, actor, meeting.CreatedAt);
        }

        if (meeting.IsHeldBy(time.Today()))
        {
            members[key].ForEach(member => db.Attendances.Add(Attendance.Of(meeting.Id, member, present: member != members[key][^1], AttendanceWay.Sheet, meeting.CreatedAt)));
            db.Attendances.Add(Attendance.Of(meeting.Id, coordinators[0], present: true, AttendanceWay.Typed, meeting.CreatedAt));
        }

        return meeting;
    }

    private void Say(Meeting meeting, int number, string text, string? decision = null, (string Text, string Owner, DateOnly DueOn)? task = null, bool done = false)
    {
        var (item, now) = (db.AgendaItems.Local.Single(item => item.MeetingId == meeting.Id && item.Position == number + 1), time.GetUtcNow());
        db.ItemTexts.Local.Single(one => one.ItemId == item.Id).Write(text, 1, Guid.Empty, 1, actor, now);
        if (decision is not null)
        {
            db.Decisions.Add(new Decision { MeetingId = meeting.Id, ItemId = item.Id, Text = decision, CreatedAt = now, CreatedBy = actor.Name });
        }

        if (task is { } given)
        {
            var taken = new MeetingTask { MeetingId = meeting.Id, ItemId = item.Id, Text = given.Text, Owner = given.Owner, DueOn = given.DueOn, CreatedAt = now, CreatedBy = actor.Name };
            if (done)
            {
                taken.End(OutcomeState.Done, "終わりました。", actor, given.DueOn.AddDays(-2));
            }

            db.MeetingTasks.Add(taken);
        }
    }

    private async Task FinishAsync(Meeting meeting, string summary)
    {
        await db.SaveChangesAsync();
        var (now, content) = (time.GetUtcNow(), await MinutesSheet.ContentAsync(db, meeting));
        db.MinutesSteps.AddRange(meeting.Check(members.Values.SelectMany(list => list).First(member => member.CouncilId == meeting.CouncilId).Name, content, actor, now), meeting.Finalise(content, actor, now));
        meeting.Publish(summary, actor, now);
    }

    private Meeting Add(MeetingPlan plan)
    {
        var key = (plan.CouncilId, FiscalYear.Of(plan.HeldOn).Year);
        numbers[key] = numbers.GetValueOrDefault(key) + 1;
        var meeting = new Meeting(plan, plan.CouncilId is null ? null : numbers[key], actor, time.GetUtcNow());
        db.Meetings.Add(meeting);
        return meeting;
    }

    private static DateOnly Weekday(DateOnly day) => day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(-1), DayOfWeek.Sunday => day.AddDays(-2), _ => day };

    private static List<TableRow> Read(string file)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Demo", file));
        return [.. TableReader.Open(stream, file).Rows];
    }
}
