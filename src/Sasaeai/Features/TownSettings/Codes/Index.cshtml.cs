using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.TownSettings.Codes;

public class IndexModel(AppDb db, CurrentPerson person) : PageModel
{
    public ILookup<CodeList, CodeItem> Items { get; private set; } = Enumerable.Empty<CodeItem>().ToLookup(item => item.List);

    public async Task OnGetAsync()
    {
        person.Require(person.IsOfficer);
        Items = (await db.CodeItems.AsNoTracking().OrderBy(item => item.Sort).ThenBy(item => item.Code).ToListAsync()).ToLookup(item => item.List);
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await OnGetAsync();
        return this.Table("区分の一覧", format, ["区分", "コード", "名前", "使う最後の日"],
            Enum.GetValues<CodeList>().SelectMany(list => Items[list].Select(item => new object?[] { NameOf(list), item.Code, item.Name, item.EndsOn })));
    }

    public static string NameOf(CodeList list) => list switch
    {
        CodeList.OperatorKind => "主体種別",
        CodeList.ServiceKind => "サービス類型",
        CodeList.BarrierFree => "バリアフリー",
        CodeList.ActivityFunction => "SCの役割",
        CodeList.ActivityKind => "活動の種類",
        CodeList.ActivityWay => "活動の方法",
        CodeList.MeetingKind => "会議の種類",
        CodeList.Ability => "助け合いの「できること」",
        _ => "利用料区分",
    };
}
