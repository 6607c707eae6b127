using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Plans;

namespace Sasaeai.Features.Shared;

/// <summary>The frame of each request: the town, who is signed in, and the menu that fits.</summary>
public static class PageFrames
{
    private static readonly MenuItem[] ForResidents = [new("さがす", "/resources"), new("地図", "/map"), new("カレンダー", "/calendar"), new("困りごとを伝える", "/voices/new")];

    private static readonly MenuItem[] ForPatterns = [new("見本", "/patterns"), new("入力欄", "/patterns/form"), new("印刷", "/patterns/sheet")];

    public static PageFrame Of(IServiceProvider services)
    {
        var http = services.GetRequiredService<IHttpContextAccessor>().HttpContext!;
        var person = services.GetRequiredService<CurrentPerson>();
        var town = services.GetRequiredService<CurrentTown>();
        return new PageFrame(
            town.IsSet ? town.Municipality.Name : null,
            person.IsSignedIn ? person.Name : null,
            person.Account?.Affiliation,
            TextSize.Of(http.Request),
            town.IsSet ? [.. Menu(person)] : http.Request.Path.StartsWithSegments("/patterns") ? ForPatterns : [],
            town.IsSet ? [.. Groups(person)] : [],
            person.IsSignedIn) { RecorderId = town.IsSet && person.CanRecord() ? person.Account?.Id : null };
    }

    private static IEnumerable<MenuItem> Menu(CurrentPerson person)
    {
        if (!person.IsSignedIn)
        {
            return ForResidents;
        }

        var menu = new List<MenuItem>();
        if (!person.SeesFiguresOnly)
        {
            menu.Add(new("今日", "/today"));
        }

        if (person.IsStaff)
        {
            menu.AddRange([new("活動", "/activities"), new("助け合い", "/groups")]);
        }
        else if (person.Is(Role.GroupKeeper))
        {
            menu.AddRange([new("地域資源", "/records"), new("助け合い", "/groups")]);
        }

        if (person.CanSeeDashboard())
        {
            menu.Add(new("計画と実績", "/dashboard"));
        }

        if (!person.IsStaff && person.CouncilIds.Count > 0)
        {
            menu.AddRange([new("協議体", "/councils"), new("課題", "/issues")]);
        }

        if (person.CanSeeFigures() && !person.IsOfficer)
        {
            menu.Add(new("集計", "/figures"));
        }

        return menu;
    }

    private static IEnumerable<MenuGroup> Groups(CurrentPerson person)
    {
        if (person.IsStaff)
        {
            yield return new("声と課題", [new("住民の声", "/voices"), new("課題", "/issues/board"), new("引継ぎ", "/handovers"), new("取組", "/initiatives")]);
            yield return new("会議", [new("会議", "/meetings"), new("協議体", "/councils"), new("開催回数", "/meetings/counts")]);
            yield return new("資源", [new("確認する資源", "/verifications"), new("修正案", "/revisions"), new("違いの連絡", "/mistake-reports"), new("地域資源", "/records"), new("団体", "/organizations")]);
        }

        if (person.IsOfficer)
        {
            MenuItem[] items = [new("取り込み", "/imports/new"), new("設定", "/settings"), new("アカウント", "/accounts"), new("集計", "/figures")];
            yield return new("管理", person.CanReadAudit() ? [.. items, new("操作の記録", "/audit")] : items);
        }
    }
}
