using Sasaeai.Data;
using Sasaeai.Features.Accounts;

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
            town.IsSet ? [.. Management(person)] : [],
            person.IsSignedIn);
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
            menu.AddRange([new("確認する資源", "/verifications"), new("修正案", "/revisions"), new("違いの連絡", "/mistake-reports"), new("地域資源", "/records"), new("団体", "/organizations"), new("住民の声", "/voices"), new("助け合い団体", "/groups")]);
        }
        else if (person.Is(Role.GroupKeeper))
        {
            menu.AddRange([new("地域資源", "/records"), new("助け合い団体", "/groups")]);
        }

        if (person.CanSeeFigures() && !person.IsOfficer)
        {
            menu.Add(new("集計", "/figures"));
        }

        return menu;
    }

    private static IEnumerable<MenuItem> Management(CurrentPerson person)
    {
        if (!person.IsOfficer)
        {
            return [];
        }

        MenuItem[] items = [new("取り込み", "/imports/new"), new("設定", "/settings"), new("アカウント", "/accounts"), new("集計", "/figures")];
        return person.CanReadAudit() ? [.. items, new("操作の記録", "/audit")] : items;
    }
}
