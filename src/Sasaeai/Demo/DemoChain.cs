using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Bodies;
using Sasaeai.Features.Departments;
using Sasaeai.Features.Handovers;
using Sasaeai.Features.Initiatives;
using Sasaeai.Features.Issues;
using Sasaeai.Features.Receipts;
using Sasaeai.Features.Voices;

namespace Sasaeai.Demo;

/// <summary>The demo town's way from voices to answers: issues in all states, handovers that wait, are late and came back, and what the five 圏域 do.</summary>
public sealed class DemoChain(AppDb db, TimeProvider time)
{
    private static readonly VoiceSource[] Sources = [VoiceSource.Visit, VoiceSource.Phone, VoiceSource.Meeting, VoiceSource.CareConference, VoiceSource.Questionnaire, VoiceSource.PublicForm, VoiceSource.Request];

    private readonly Actor actor = new(null, "見本の読み込み");
    private readonly Dictionary<string, Issue> issues = [];
    private Dictionary<string, Guid> areas = [];

    private DateTimeOffset Ago(int days) => time.GetUtcNow().AddDays(-days);

    private DateOnly DayAgo(int days) => time.Today().AddDays(-days);

    /// <param name="Area">Code of the 圏域; empty for the whole town.</param>
    private sealed record Plan(string Key, string Title, string Area, string Category, Urgency Urgency, Frequency Frequency, IssueState State, int Days, string[] Said, string Note = "");

    private static readonly Plan[] Plans =
    [
        new("ゴミ坂", "坂の上の団地で、ゴミ出しに困る人がふえている", "K4", "1301", Urgency.High, Frequency.Often, IssueState.InWork, 210, ["集積所まで階段が多く、雨の日は運べない。", "一人暮らしで、粗大ゴミを下まで下ろせない。", "近所に頼みたいが、毎週は言いにくい。"]),
        new("通院バス", "通院の日のバスが減り、病院へ行けない人がいる", "K3", "1503", Urgency.High, Frequency.Often, IssueState.HandedOver, 190, ["朝の便がなくなり、診察の時間に間に合わない。", "帰りの便を二時間待っている。", "タクシーは高くて月に二度しか使えない。"]),
        new("移動販売", "歩いて行ける店がなくなり、生の食べ物が買えない", "K5", "1402", Urgency.High, Frequency.Often, IssueState.HandedOver, 170, ["店がしまってから、缶づめばかり食べている。", "移動販売が来る日を知らない人が多い。"]),
        new("男の居場所", "男性が集まる場が少ない", "K1", "1002", Urgency.Middle, Frequency.Often, IssueState.InWork, 260, ["サロンは女性ばかりで入りにくい。", "将棋や畑なら出てみたい。"]),
        new("夜の会", "夕方からの集まりがほしい", "K1", "1203", Urgency.Low, Frequency.Sometimes, IssueState.Heard, 15, ["仕事が終わってから集まれる会をさがしたが、なかった。"]),
        new("話し相手", "一日だれとも話さない人がいる", "K2", "1602", Urgency.High, Frequency.Often, IssueState.Discussed, 120, ["家族が遠く、電話もほとんどかかってこない。", "集いの場までは歩けない。", "話を聞きに来てくれる人がいるとうれしい。"]),
        new("草取り", "庭の草が道路に出て、近所どうしでもめている", "K2", "1303", Urgency.Middle, Frequency.Sometimes, IssueState.Sorted, 75, ["草を刈りたいが、体がきかない。", "業者に頼むと高い。"]),
        new("電球", "電球交換や家具の移動を頼める人がいない", "K2", "1304", Urgency.Low, Frequency.Often, IssueState.Solved, 330, ["天井の電球が切れたまま暮らしている。", "たんすを動かせない。"], "東台ささえ隊が、15分150円で電球交換と家具の移動を始めました。"),
        new("スマホ", "スマートフォンの手続きが分からず、予約ができない", "K1", "1205", Urgency.Middle, Frequency.Often, IssueState.Solved, 300, ["予防接種の予約がスマホだけで、できなかった。", "教室は定員がいっぱいだった。"], "高校生が教える「スマホの日」を、月に一度ひらくことになりました。"),
        new("見守り", "新聞がたまっていても、気づく人がいない", "K4", "1601", Urgency.High, Frequency.Sometimes, IssueState.Discussed, 95, ["隣の家の様子が分からない。", "民生委員さんだけでは回りきれない。"]),
        new("集会所", "集会所の階段が急で、体操に来られなくなった人がいる", "K4", "1101", Urgency.Middle, Frequency.Often, IssueState.HandedOver, 140, ["手すりが片側にしかない。", "二階の部屋まで上がれない。"]),
        new("避難", "雨の夜に、どこへ逃げればよいか分からない", "K3", "2001", Urgency.High, Frequency.Rarely, IssueState.HandedOver, 220, ["避難所まで歩いて三十分かかる。", "声をかけ合う人が決まっていない。"]),
        new("道の段差", "買い物の道に段差があり、手押し車が通れない", "K1", "1401", Urgency.Middle, Frequency.Often, IssueState.Discussed, 400, ["歩道の段差で手押し車がひっかかる。", "店まで遠回りしている。"]),
        new("担い手", "手伝いたい人はいるが、始め方が分からない", "", "1801", Urgency.Middle, Frequency.Often, IssueState.InWork, 230, ["定年になったので何かしたい。", "月に一度だけなら手伝える。"]),
        new("配食", "昼の弁当を届けてくれるところがない日がある", "K5", "1404", Urgency.Middle, Frequency.Often, IssueState.Sorted, 60, ["土日は配食が休み。", "一人分だけでは断られた。"]),
        new("雪かき", "雪の朝、玄関から出られない", "K5", "1305", Urgency.Middle, Frequency.Rarely, IssueState.Solved, 420, ["去年の雪で三日出られなかった。", "ヘルパーさんも来られなかった。"], "北畑たすけあい組が、雪の日の朝に声をかけて回ることになりました。"),
        new("犬", "入院のあいだ、犬の世話を頼めない", "K2", "1307", Urgency.Low, Frequency.Rarely, IssueState.Declined, 280, ["犬がいるので入院をのばしている。"], "動物の預かりは、市内の専門の事業所を紹介することにしました。"),
        new("書類", "役所からの手紙が読めず、そのままになっている", "K1", "1306", Urgency.Middle, Frequency.Often, IssueState.Sorted, 50, ["字が小さくて読めない。", "何の手紙か分からず捨ててしまった。"]),
        new("認知症の散歩", "道に迷っている人に、どう声をかければよいか", "K3", "1601", Urgency.Middle, Frequency.Sometimes, IssueState.Heard, 28, ["同じ人を何度も見かけるが、声をかけてよいか迷う。"]),
        new("空き家", "空き家がふえ、夜道がこわい", "K5", "1705", Urgency.Low, Frequency.Sometimes, IssueState.Heard, 34, ["街灯も切れていて、夕方から出なくなった。"]),
        new("サロン会場", "サロンの会場代が上がり、続けられない", "K2", "1001", Urgency.Middle, Frequency.Sometimes, IssueState.Discussed, 150, ["参加費を上げると来られない人がいる。"]),
        new("介護者", "介護している人が、一息つける場がない", "K4", "1005", Urgency.High, Frequency.Sometimes, IssueState.Sorted, 45, ["夜中に何度も起きるので、昼も眠い。", "同じ立場の人と話したい。"]),
        new("免許", "免許を返したあと、出かけなくなった", "", "1501", Urgency.High, Frequency.Often, IssueState.HandedOver, 250, ["畑に行けなくなり、家にこもっている。", "返したいが、足がないので返せない。", "乗り合いで買い物に行ければ返せる。"]),
        new("昼食会", "年に数回の食事会を、月に一度にしてほしい", "K3", "1003", Urgency.Low, Frequency.Sometimes, IssueState.Heard, 20, ["みんなで食べるとよく食べられる。"]),
        new("買い物同行", "重い物を持って帰れない", "K4", "1401", Urgency.Middle, Frequency.Often, IssueState.Heard, 12, ["米と水だけでも運んでほしい。", "店までは行けるが、帰りの坂がつらい。"]),
        new("粗大ゴミ", "粗大ゴミを家の前まで出せない", "K4", "1301", Urgency.Middle, Frequency.Sometimes, IssueState.Sorted, 66, ["予約はできたが、外まで運べなかった。"]),
    ];

    public static Task AddAsync(AppDb db, TimeProvider time) => new DemoChain(db, time).AddAsync();

    private async Task AddAsync()
    {
        areas = await db.Areas.Where(area => area.Layer != null).ToDictionaryAsync(area => area.Code, area => area.Id);
        var departments = AddDepartments();
        await db.SaveChangesAsync();
        var owners = new Dictionary<string, Guid>();
        foreach (var code in Plans.Select(plan => plan.Area).Distinct())
        {
            owners[code] = (await OwnerOfAsync(code)).Id;
        }

        foreach (var (number, plan) in Plans.Index())
        {
            Add(plan, number, owners[plan.Area]);
        }

        issues["粗大ゴミ"].MergeInto(issues["ゴミ坂"], [], Mover.Of(actor, Ago(40))).ToList().ForEach(move => db.Add(move));
        await HandOverAsync(departments, owners[""]);
        await AddInitiativesAsync();
        AddSearches();
        await db.SaveChangesAsync();
    }

    /// <summary>The council of the area; 市社協 where there is none yet.</summary>
    private async Task<Body> OwnerOfAsync(string area)
    {
        var id = areas[area == "" ? areas.Keys.Single(code => code.All(char.IsAsciiDigit)) : area];
        var council = await db.Councils.Where(council => council.AreaId == id && council.ClosedOn == null).OrderBy(council => council.CreatedAt).Select(council => (Guid?)council.Id).FirstOrDefaultAsync();
        return await BodyList.FindOrAddAsync(db, council is { } known ? new Body { CouncilId = known } : new Body { OrganizationId = await db.Organizations.Where(organization => organization.Number == "D001").Select(organization => organization.Id).SingleAsync() });
    }

    private Dictionary<string, Department> AddDepartments()
    {
        var made = new (string Name, string Duty)[] { ("高齢福祉課", "高齢者の生活支援、介護予防"), ("交通政策課", "バス、乗合交通"), ("道路河川課", "道路、歩道、街灯"), ("危機管理課", "防災、避難"), ("商工観光課", "商店、移動販売"), ("公共施設課", "集会所、公民館") }
            .Select((row, number) => new Department { Name = row.Name, Duty = row.Duty, Sort = number }).ToDictionary(department => department.Name);
        var ended = new Department { Name = "長寿社会課", Duty = "令和6年度から高齢福祉課", Sort = 90 };
        ended.HoldFrom(new DateOnly(2012, 4, 1), new DateOnly(2024, 3, 31));
        db.AddRange(made.Values.Append(ended));
        return made;
    }

    private void Add(Plan plan, int number, Guid owner)
    {
        var issue = new Issue
        {
            Title = plan.Title, Text = string.Join('\n', plan.Said), AreaId = plan.Area == "" ? null : areas[plan.Area], CategoryCode = plan.Category, Urgency = plan.Urgency, Frequency = plan.Frequency, OwnerId = owner,
            CreatedAt = Ago(plan.Days), CreatedBy = actor.Name,
        };
        issue.Touch(Ago(plan.Days));
        db.Add(issue);
        issues[plan.Key] = issue;
        foreach (var (which, said) in plan.Said.Index())
        {
            Say(issue, said, plan, number + which, which * 3);
            if ((number + which) % 2 == 0)
            {
                Say(issue, $"{said}（同じ地区の別の方からも、同じ話。）", plan, number + which + 2, which * 3 + 1);
            }
        }

        db.Add(new IssueEvidence { IssueId = issue.Id, OnDay = DayAgo(plan.Days), Text = $"ニーズ調査（令和2年度）と地区の座談会で、同じ困りごとが{plan.Said.Length + 1}回出ている。", CreatedAt = Ago(plan.Days), CreatedBy = actor.Name });
        var way = new[] { IssueState.Sorted, IssueState.Discussed, IssueState.InWork };
        var steps = plan.State switch { IssueState.Heard => 0, IssueState.Sorted => 1, IssueState.Discussed or IssueState.HandedOver or IssueState.Declined => 2, _ => 3 };
        foreach (var (step, state) in way.Take(steps).Index())
        {
            db.Add(issue.MoveTo(state, Mover.Of(actor, Ago(plan.Days * (5 - step) / 6))));
        }

        if (plan.State is IssueState.Solved or IssueState.Declined)
        {
            db.Add(issue.Close(plan.State, plan.Note, plan.Note, Mover.Of(actor, Ago(plan.Days / 4))));
        }
    }

    private void Say(Issue issue, string summary, Plan plan, int source, int earlier)
    {
        var at = Ago(plan.Days + earlier + 2);
        var voice = new Voice
        {
            Receipt = ReceiptNumber.New(), Source = Sources[source % Sources.Length], Text = "", AreaId = plan.Area == "" ? areas[$"K{source % 5 + 1}"] : areas[plan.Area], CategoryCode = plan.Category, HeardOn = at.Day(), EnteredBy = actor.Name, CreatedAt = at,
        };
        voice.Summarize(summary, actor);
        db.Add(voice);
        if (issue.IsOpen)
        {
            voice.TakeInto(issue, actor, Ago(plan.Days));
        }
    }

    private async Task HandOverAsync(Dictionary<string, Department> departments, Guid town)
    {
        var bodies = new Dictionary<string, Guid> { ["第1層"] = town };
        foreach (var department in departments.Values)
        {
            bodies[department.Name] = (await BodyList.FindOrAddAsync(db, new Body { DepartmentId = department.Id })).Id;
        }

        // Days ago: handed on, due, received, answered, returned (-1: not yet).
        await PassAsync("通院バス", bodies, ("第1層", 150, 60, 140, -1, -1), ("交通政策課", 120, 30, 112, -1, -1));
        await PassAsync("移動販売", bodies, ("商工観光課", 90, 20, 80, -1, -1));
        await PassAsync("集会所", bodies, ("公共施設課", 40, -30, 33, -1, -1));
        await PassAsync("避難", bodies, ("危機管理課", 100, 40, 95, 12, -1));
        await PassAsync("免許", bodies, ("交通政策課", 14, -46, -1, -1, -1));
        await PassAsync("道の段差", bodies, ("第1層", 300, 200, 290, 215, 210), ("道路河川課", 270, 220, 262, 230, 220));
        await PassAsync("サロン会場", bodies, ("高齢福祉課", 110, 60, 104, 70, 58));
    }

    private async Task PassAsync(string key, Dictionary<string, Guid> bodies, params (string To, int Handed, int Due, int Received, int Answered, int Returned)[] passes)
    {
        var (issue, today) = (issues[key], time.Today());
        var open = new List<Handover>();
        foreach (var pass in passes.Where(pass => bodies[pass.To] != issue.OwnerId))
        {
            var (handover, move) = Handover.Hand(issue, bodies[pass.To], new Asking($"{(pass.Handed % 2 == 0 ? "協議体の話し合い" : "運営会議")}", null, "", "地域の話し合いだけでは決められないため。", $"「{issue.Title}」について、市として何ができるかを教えてほしい。", DayAgo(pass.Handed), DayAgo(pass.Due)), open, today, Mover.Of(actor, Ago(pass.Handed)));
            db.Add(handover);
            if (move is not null)
            {
                db.Add(move);
            }

            open.Add(handover);
            if (pass.Received >= 0)
            {
                handover.Receive(issue, DayAgo(pass.Received), "窓口の担当", today, Mover.Of(actor, Ago(pass.Received)));
            }
        }

        await db.SaveChangesAsync();
        foreach (var (handover, pass) in open.Zip(passes).Reverse().Where(pair => pair.Second.Answered >= 0))
        {
            handover.Answer(key == "避難" ? AnswerKind.Considering : AnswerKind.Planned, "現地を見て、優先して直すところに入れました。", "来年度の当初予算", "担当の課が現地を見に行き、来年度に直すところに入れました。", DayAgo(pass.Answered), false, today, actor);
            if (pass.Returned >= 0 && handover.Return(issue, DayAgo(pass.Returned), null, "協議体の集まり", today, Mover.Of(actor, Ago(pass.Returned))) is { } move)
            {
                db.Add(move);
            }
        }
    }

    private async Task AddInitiativesAsync()
    {
        var organizations = await db.Organizations.Where(organization => new[] { "D001", "D008", "D009", "D011" }.Contains(organization.Number)).ToDictionaryAsync(organization => organization.Number, organization => organization.Id);
        Begin("朝のゴミ出し、ひと声運び", "K4", "中学生と自治会が、坂の上の家のゴミを運ぶ。", 200, 11, ["ゴミ坂", "見守り"], [organizations["D001"], organizations["D011"]], "週二回、十四軒で始まった。");
        Begin("東台ささえ隊の力仕事", "K2", "電球、家具、草取りを十五分から頼めるようにする。", 320, 10, ["電球", "草取り"], [organizations["D008"]], "一年で八十六件の依頼に応えた。");
        Begin("縁側と畑の男の会", "K1", "畑と将棋で、男性が週に一度集まる。", 250, 9, ["男の居場所"], [organizations["D009"]], "");
        Begin("水辺の足を考える会", "K3", "通院と買い物の足を、住民と市で考える。", 180, 7, ["通院バス"], [organizations["D001"]], "");
        Begin("北畑 店が来る日をつくる", "K5", "移動販売の停まる場所と、知らせ方を決める。", 160, 5, ["移動販売"], [organizations["D001"]], "");
    }

    private void Begin(string title, string area, string aim, int days, int steps, string[] answers, Guid[] partners, string result)
    {
        var initiative = new Initiative { Title = title, AreaId = areas[area], Aim = aim, Plan = "話し合い、試しにやってみて、半年後に見直す。", Result = result, StartsOn = DayAgo(days), CreatedAt = Ago(days), CreatedBy = actor.Name };
        db.Add(initiative);
        var reached = new List<InitiativeStep>();
        foreach (var (number, step) in Steps.All.Take(steps).Index())
        {
            reached.Add(initiative.Reach(step, DayAgo(days * (steps - number) / (steps + 1)), "", reached, time.Today(), actor, Ago(1)));
        }

        db.AddRange(reached);
        db.AddRange(answers.Select(key => new InitiativeIssue { InitiativeId = initiative.Id, IssueId = issues[key].Id }));
        db.AddRange(partners.Select(id => new InitiativePartner { InitiativeId = initiative.Id, OrganizationId = id }));
    }

    private void AddSearches()
    {
        var rows = new[] { ("K5", "1402", 38, 29), ("K3", "1503", 31, 22), ("K1", "1203", 14, 9), ("K4", "1301", 52, 7), ("K2", "1307", 8, 8) };
        foreach (var (area, category, searches, zeroHits) in rows)
        {
            db.Database.ExecuteSql($"insert into app.search_count (municipality_id, day, area_code, category_code, searches, zero_hits) values ({db.TownId}, {DayAgo(7)}, {area}, {category}, {searches}, {zeroHits}) on conflict do nothing");
        }
    }
}
