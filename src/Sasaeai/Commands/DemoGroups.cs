using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Categories;
using Sasaeai.Features.GroupClosings;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Members;
using Sasaeai.Features.Subsidies;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Tickets;
using Sasaeai.Features.VisitReports;
using Sasaeai.Features.Visits;
using VisitReport = Sasaeai.Features.Ledger.VisitReport;

namespace Sasaeai.Commands;

/// <summary>
/// 助け合い団体 of みほん市: one like 水谷東地域支え愛隊 (document 004: 64 helpers, 81 users, 12 keepers, 1,524 tickets issued and
/// 1,433 used on 239 visits), the seven districts of document 003, and a free group. All names are made up.
/// </summary>
public static class DemoGroups
{
    public const string Main = "東台ささえ隊";
    private const int Issued = 1524, Used = 1433, VisitCount = 239, TicketMinutes = 15;

    private static readonly string[] Families = ["相原", "井川", "上野", "江口", "大西", "片山", "木下", "熊谷", "小林", "坂本", "清水", "杉山", "関根", "田村", "千葉", "辻", "富田", "中山", "西村", "野村", "浜田", "福島", "堀", "松井", "宮本", "村田", "森", "矢野", "横田", "渡部"];
    private static readonly string[] FamilyKana = ["あいはら", "いがわ", "うえの", "えぐち", "おおにし", "かたやま", "きのした", "くまがい", "こばやし", "さかもと", "しみず", "すぎやま", "せきね", "たむら", "ちば", "つじ", "とみた", "なかやま", "にしむら", "のむら", "はまだ", "ふくしま", "ほり", "まつい", "みやもと", "むらた", "もり", "やの", "よこた", "わたべ"];
    private static readonly string[] Given = ["和子", "正雄", "幸子", "清", "節子", "勝", "洋子", "進", "恵子", "茂"];
    private static readonly string[] GivenKana = ["かずこ", "まさお", "さちこ", "きよし", "せつこ", "まさる", "ようこ", "すすむ", "けいこ", "しげる"];
    private static readonly (string Code, string Name)[] Work = [("rubbish", "ゴミ出し"), ("rubbish", "ゴミ出し"), ("cleaning", "掃除・洗濯"), ("shopping", "買い物の代行"), ("outing", "買い物・通院などの同行"), ("garden", "庭木の剪定・草取り"), ("repair", "電球交換・家具などの修理")];

    public static async Task AddAsync(IServiceProvider services)
    {
        var (db, time) = (services.GetRequiredService<AppDb>(), services.GetRequiredService<TimeProvider>());
        var (today, now) = (time.Today(), time.GetUtcNow());
        var organizations = await db.Organizations.ToDictionaryAsync(organization => organization.Number, organization => organization.Id);
        var areas = await db.Areas.Where(area => area.Code.Length <= 3).ToDictionaryAsync(area => area.Code, area => area.Id);

        HelpGroup Add(string number, string name, string kana, string area, GroupKind kind, GroupStage stage, GroupContent content)
        {
            var group = new HelpGroup(organizations[number], name, kind, stage, today.AddYears(-3), "見本の読み込み", content, now);
            group.Change(name, kana, areas[area], kind, content, now);
            now = now.AddMilliseconds(1);       // the table lists districts in the order of their making
            db.HelpGroups.Add(group);
            return group;
        }

        foreach (var (area, name, people, payment, support, helpers, body, survey) in Districts())
        {
            Add("D001", name, "", area, GroupKind.DistrictCouncil, support == "支援内容検討中" ? GroupStage.Survey : GroupStage.Active,
                new GroupContent { Serves = name, Counsellors = people, Payment = payment, DoesNote = support, HelpersReported = helpers, HelperBody = body, FoundBySurvey = survey });
        }

        var free = Add("D037", "水辺おたがいさまの会", "みずべおたがいさまのかい", "C4", GroupKind.Residents, GroupStage.Active, new GroupContent { Serves = "水辺小学校区", Payment = "無償", DoesNote = "ゴミ出し・話し相手", Phone = "0999-26-5511", Hours = "平日の10時から12時", Insurance = "ボランティア活動保険" });
        db.Tariffs.Add(new Tariff { GroupId = free.Id, StartsOn = today.AddYears(-3), Rules = new TariffRules { Payment = PaymentMode.Free }, CreatedAt = now, ByName = "見本の読み込み" });
        Join(db, free, 8, 14, today, now);

        var main = Add("D008", Main, "ひがしだいささえたい", "S03", GroupKind.Residents, GroupStage.Active, new GroupContent
        {
            Description = "お互いさま、向こう三軒両隣の気持ちで、できる人が、できるときに、できることをお手伝いします。", Serves = "東台小学校区", Payment = "有償(謝礼)", DoesNote = "ゴミ出し・買い物・電球交換・掃除・通院の同行",
            Phone = "0999-25-3300", Hours = "月曜から金曜の10時から15時", HelperFeeYen = 500, UserFeeYen = 500, Insurance = "ボランティア活動保険(市社協)", InsuredUntil = new DateOnly(today.Month >= 4 ? today.Year + 1 : today.Year, 3, 31), PayoutLimitYen = 10_000,
            PayerCode = "1", Bank = new BankAccount("0009", "100", false, "7654321", "ヒガシダイササエタイ"),
        });
        foreach (var (item, number) in GroupSteps.All.SelectMany(phase => phase.Items).Select((one, number) => (one.Item, number)))
        {
            db.GroupSteps.Add(new GroupStep { GroupId = main.Id, Item = item, DoneOn = today.AddYears(-3).AddDays(number * 12), ByName = "谷口 大輔" });
        }

        string[] days = [nameof(DayOfWeek.Monday), nameof(DayOfWeek.Tuesday), nameof(DayOfWeek.Wednesday), nameof(DayOfWeek.Thursday), nameof(DayOfWeek.Friday)];
        for (var number = 0; number < 12; number++)
        {
            db.Keepers.Add(new Keeper { GroupId = main.Id, Name = $"{Families[^(number + 1)]} {Given[number % 10]}", Phone = $"0999-25-33{number:00}", DutyDays = [days[number % 5]], StartsOn = today.AddYears(-3) });
        }

        var members = Join(db, main, 64, 81, today, now);
        var type = new TicketType { GroupId = main.Id, Unit = LedgerUnit.FirstTicket, Name = "ありがとう券", Minutes = TicketMinutes, FaceYen = 150, Paper = true, BookTickets = 4, MonthsValid = 6, CreatedAt = now };
        var tariff = new Tariff { GroupId = main.Id, StartsOn = today.AddYears(-3), CreatedAt = now, ByName = "見本の読み込み", Rules = new TariffRules { Payment = PaymentMode.Ticket, UnitMinutes = TicketMinutes, Price = 150, TicketYen = 150, TicketMinutes = TicketMinutes } };
        db.AddRange(type, tariff);
        await db.SaveChangesAsync();
        List<VisitReport> done = [.. Visits(main.Id, members, today)];
        await DemoVisits.ReportAsync(db, done);
        await PostAsync(services, type, done, today);
        await AddTownRulesAsync(db);
        await SellIdleAsync(services.GetRequiredService<LedgerBooks>(), type, [.. members.Where(member => member.IsUser && !member.IsHelper).Skip(30).Take(2)], today);
        await DemoVisits.AskAsync(db, services.GetRequiredService<SeriesVisits>(), main.Id, members, today, time.GetUtcNow());
    }

    /// <summary>Two users who bought tickets and did not use them: of one they have expired, of the other they soon will.</summary>
    private static async Task SellIdleAsync(LedgerBooks books, TicketType type, IReadOnlyList<Member> users, DateOnly today)
    {
        foreach (var (user, months) in users.Zip([type.MonthsValid!.Value + 2, type.MonthsValid.Value]))
        {
            await books.PostAsync(new NewPosting(type.GroupId, Guid.CreateVersion7(), today.AddMonths(-months), type.Sell(user.Id, 2, today.AddMonths(-months))));
        }
    }

    /// <summary>What the town decided about mutual help: two subsidies (the rules of 渋川市 and 遊佐町), and an ability of its own.</summary>
    private static async Task AddTownRulesAsync(AppDb db)
    {
        var (rubbish, kinds) = (new SubsidyRule(), new SubsidyRule());
        rubbish.CountHouseholdDays("ゴミ出し支援の補助", ["rubbish"], 100, 5, SubsidySpan.Month);
        rubbish.Arrange(1, null);
        kinds.CountKinds("住民主体の訪問サービスの補助", [], 5, 50);
        kinds.Arrange(2, null);
        db.SubsidyRules.AddRange(rubbish, kinds);
        db.CodeItems.Add(new CodeItem { List = CodeList.Ability, Code = "smartphone", Name = "スマートフォンの操作" });
        await db.SaveChangesAsync();
    }

    /// <summary>239 visits that use 1,433 tickets. Ids are fixed by their number, so that the records of the visits can have the same.</summary>
    public static IEnumerable<VisitReport> Visits(Guid groupId, IReadOnlyList<Member> members, DateOnly today)
    {
        var (helpers, users) = (members.Where(member => member.IsHelper).Take(40).ToList(), members.Where(member => member.IsUser && !member.IsHelper).Take(30).ToList());
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(-11);
        var days = today.DayNumber - first.DayNumber;
        var left = Used;
        for (var number = 0; number < VisitCount; number++)
        {
            var fair = left / (VisitCount - number);
            var tickets = number == VisitCount - 1 ? left : Math.Max(1, fair - 4 + number * 5 % 9);
            left -= tickets;
            var (code, name) = Work[number % Work.Length];
            yield return new VisitReport(groupId, IdOf(number, 1), IdOf(number, 2), users[number * 7 % users.Count].Id, [helpers[number * 11 % helpers.Count].Id], first.AddDays(number * days / VisitCount), new TimeOnly(9 + number % 6, 0), tickets * TicketMinutes, code) { CategoryName = name };
        }
    }

    private static Guid IdOf(int number, short what) => new(0x5A5AE, what, (short)number, 0x80, 0, 0, 0, 0, 0, 0, 1);

    /// <summary>Month by month: books sold when they run out, visits settled, the month closed and paid out, as it would have gone.</summary>
    private static async Task PostAsync(IServiceProvider services, TicketType type, IReadOnlyList<VisitReport> visits, DateOnly today)
    {
        var (books, desk) = (services.GetRequiredService<LedgerBooks>(), services.GetRequiredService<ReportDesk>());
        var held = new Dictionary<Guid, int>();
        await books.PostAsync(new NewPosting(type.GroupId, Guid.CreateVersion7(), visits[0].Day, type.Issue(Issued)));
        foreach (var month in visits.GroupBy(visit => new DateOnly(visit.Day.Year, visit.Day.Month, 1)))
        {
            foreach (var user in month.GroupBy(visit => visit.UserId))
            {
                var needed = user.Sum(visit => visit.Minutes) / type.Minutes - held.GetValueOrDefault(user.Key);
                var bought = Math.Max(0, (needed + type.BookTickets - 1) / type.BookTickets);
                if (bought > 0)
                {
                    await books.PostAsync(new NewPosting(type.GroupId, Guid.CreateVersion7(), month.Key, type.Sell(user.Key, bought, month.Key)));
                }

                held[user.Key] = bought * type.BookTickets - needed;
            }

            foreach (var visit in month)
            {
                await desk.ApproveAsync(type.GroupId, visit.ReportId);
            }

            if (month.Key.AddMonths(2) <= today)
            {
                await CloseAsync(services, type.GroupId, month.Key);
            }
        }
    }

    private static async Task CloseAsync(IServiceProvider services, Guid groupId, DateOnly month)
    {
        var (db, books) = (services.GetRequiredService<AppDb>(), services.GetRequiredService<LedgerBooks>());
        var closing = await books.CloseAsync(groupId, month, new CountedByHand());
        var closed = await MonthBooks.LoadAsync(db, groupId, closing);
        if (closed.Payable.Count > 0)
        {
            var trail = services.GetRequiredService<AuditTrail>();
            var closer = trail.Actor;
            trail.Actor = closer with { Name = "見本の会計" };       // two people above the group's limit
            await books.PostAsync(closed.Payout(groupId, month.AddMonths(1).AddDays(4)));
            trail.Actor = closer;
        }
    }

    /// <summary>Helpers and users of a group; a few are both.</summary>
    private static List<Member> Join(AppDb db, HelpGroup group, int helpers, int users, DateOnly today, DateTimeOffset now)
    {
        var both = helpers / 12;
        var members = new List<Member>();
        for (var number = 0; number < helpers + users - both; number++)
        {
            var (family, given) = (number * 7 % Families.Length, (number / Families.Length * 3 + number) % Given.Length);
            var (helper, user) = (number < helpers, number >= helpers - both);
            var member = new Member(group.Id, number + 1, today.AddYears(-2).AddDays(number % 300), now);
            member.Be(helper, user, member.JoinedOn);
            member.Change($"{Families[family]} {Given[given]}", $"{FamilyKana[family]} {GivenKana[given]}", $"0999-30-{number + 1000}", $"みほん市東台{number % 5 + 1}丁目{number % 20 + 1}-{number % 9 + 1}", new MemberContent
            {
                Gender = given % 2 == 0 ? Gender.Female : Gender.Male, BirthYear = (helper ? 1950 : 1938) + number % 15,
                CanDo = helper ? [.. new[] { Abilities.All[5].Code, Abilities.All[number % 9].Code }.Distinct()] : [], Slots = helper ? [new WeekSlot((DayOfWeek)(number % 6 + 1), new TimeOnly(9, 0), new TimeOnly(12, 0)), new WeekSlot((DayOfWeek)((number + 2) % 6 + 1), new TimeOnly(13, 0), new TimeOnly(16, 0))] : [],
                ReachKm = helper ? 1 + number % 3 : null, HasCar = helper && number % 4 == 0, Courses = helper && number % 2 == 0 ? [new CourseTaken("担い手養成講座", today.AddYears(-2))] : [],
                Needs = user ? [Abilities.All[5].Code] : [], EmergencyName = user ? "長男" : "", EmergencyPhone = user ? "0999-40-0000" : "", Care = user && number % 3 == 0 ? "耳が遠いので、玄関で大きな声で呼びます。" : "", IntroducedBy = user && number % 2 == 0 ? "民生委員" : "",
                ConsentedOn = member.JoinedOn, Bank = helper && number % 3 == 0 ? new BankAccount("0009", $"{number % 9 + 100}", false, $"{1000000 + number}", $"{FamilyKana[family]} {GivenKana[given]}") : null,
            }, now);
            member.Place(36.0888 + number % 12 * 0.0012, 139.695 + number % 10 * 0.0013);
            member.InsuredUntil = helper ? new DateOnly(today.Month >= 4 ? today.Year + 1 : today.Year, 3, 31) : null;
            member.AreaId = group.AreaId;
            members.Add(member);
        }

        db.Members.AddRange(members);
        return members;
    }

    /// <summary>The seven rows of document 003, under other names.</summary>
    public static IEnumerable<(string Area, string Name, int Counsellors, string Payment, string Support, int? Helpers, string Body, int? Survey)> Districts() =>
    [
        ("C2", "桜小路地区", 2, "有償", "ゴミ出し・掃除・買い物・通院同行 他", 32, "桜小路ちょこっと応援団", null),
        ("C1", "本町校区", 5, "無償", "ゴミ出し・掃除・買い物・通院同行 他", 37, "本町お助け隊", null),
        ("C5", "緑ヶ丘校区", 2, "有償", "ゴミ出し・買い物代行を中心に支援", 22, "緑ヶ丘生活支援サポーター", null),
        ("C6", "くぬぎ原校区", 1, "", "", 35, "くぬぎ原生活支援サポーター", null),
        ("C3", "東台校区", 1, "", "支援内容検討中", null, "", 28),
        ("C4", "水辺校区", 2, "", "支援内容検討中", null, "", 322),
        ("C7", "北畑校区", 2, "", "支援内容検討中", null, "", 54),
    ];
}
