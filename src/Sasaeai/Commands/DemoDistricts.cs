using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Members;
using Sasaeai.Japanese;

namespace Sasaeai.Commands;

/// <summary>
/// A year of 相談 and 需給調整 in the districts, as many as document 003 prints: 761 and 910. Its shares have one solution in whole
/// numbers, which adds to 909; the 910th is counted under 「その他」, hence 30.5 % instead of the printed 30.4 %.
/// </summary>
public static class DemoDistricts
{
    public const int Consultations = 761, Users = 20;

    private static readonly (string Code, int Times)[] Adjustments = [("rubbish", 340), ("cleaning", 16), ("outing", 10), ("shopping", 228), ("garden", 31), ("repair", 7), ("other", 278)];
    private static readonly string[] Others = ["薬の受け取り", "灯油の運び入れ", "役所の書類を読む", "郵便を出す", "雨戸の開け閉め", "犬の散歩"];

    /// <summary>The fiscal year before the last one: the demo group's own visits are younger.</summary>
    public static FiscalYear YearOf(DateOnly today) => new(FiscalYear.Of(today).Year - 2);

    public static async Task AddAsync(AppDb db, TimeProvider time)
    {
        var (today, now) = (time.Today(), time.GetUtcNow());
        var year = YearOf(today);
        var groups = await db.HelpGroups.Where(group => group.Kind == GroupKind.DistrictCouncil && group.Stage == GroupStage.Active).OrderBy(group => group.CreatedAt).ToListAsync();
        var users = groups.SelectMany(group => Enumerable.Range(1, Users).Select(number =>
        {
            var user = new Member(group.Id, number, year.Starts, now) { AreaId = group.AreaId };
            user.Be(helper: false, user: true, year.Starts);
            user.Change($"見本 {group.Name[..2]}{number}", $"みほん {number}", $"0999-50-{1000 + number}", group.Name, new MemberContent { ConsentedOn = year.Starts }, now);
            return user;
        })).ToList();
        db.Members.AddRange(users);
        var asked = Adjustments.SelectMany(one => Enumerable.Repeat(one.Code, one.Times)).ToList();
        for (var number = 0; number < Consultations + asked.Count; number++)
        {
            var (isHelp, place) = (number < asked.Count, number % asked.Count);
            var user = users[number * 7 % users.Count];
            var at = new DateTimeOffset(year.Starts.AddDays(number * 11 % 365).ToDateTime(new TimeOnly(10, 0)), Clock.Japan).ToUniversalTime();
            var wanted = new HelpWanted(HelpKind.Common.Single(kind => kind.Code == asked[place]), asked[place] == HelpKind.Other ? Others[number % Others.Length] : "", 15, 1);
            var request = new HelpRequest(user.GroupId, isHelp ? RequestKind.Help : RequestKind.Consultation, user.Id, wanted, new RequestContent { Talk = isHelp ? "" : "手伝いについての相談" }, "見本の読み込み", at);
            if (isHelp)
            {
                request.Close(RequestState.Settled, "", "見本の読み込み", at.Day());
            }

            db.HelpRequests.Add(request);
        }

        await db.SaveChangesAsync();
    }
}
