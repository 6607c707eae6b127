using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.SignIns;
using Sasaeai.Web;

namespace Sasaeai.Features.Figures;

/// <summary>集計: a prefecture sees its towns side by side, a town sees itself.</summary>
[ForFigureReaders]
public class IndexModel(AppDb db, Towns towns, CurrentTown town, CurrentPerson person, TimeProvider time) : PageModel
{
    private ILookup<(int Town, string? Category), Figure> figures = null!;

    public IReadOnlyList<Municipality> Towns { get; private set; } = [];
    public IReadOnlyList<(string? Code, string Name)> Categories { get; private set; } = [];
    public int Smallest { get; private set; }

    public async Task OnGetAsync()
    {
        person.Require(person.CanSeeFigures());
        var own = town.Municipality;
        Towns = own.Kind == MunicipalityKind.Municipality ? [own]
            : [.. (await towns.AllAsync()).Where(other => other.Kind == MunicipalityKind.Municipality && other.Code[..2] == own.Code[..2])];
        Smallest = (await db.RuleAsync()).SmallCount;
        var found = await Figure.OfAsync(db, [.. Towns.Select(each => each.Id)], time.Today());
        figures = Figure.WithComplement(found, Smallest).ToLookup(figure => (figure.MunicipalityId, figure.CategoryCode));
        var names = await db.Categories.Where(category => category.ParentCode == null).ToDictionaryAsync(category => category.Code, category => category.Name);
        Categories = [.. found.Select(figure => figure.CategoryCode).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(code => ((string?)code, names.GetValueOrDefault(code, code)))];
    }

    /// <summary>The same words as on the page: what is masked there is masked here.</summary>
    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        await OnGetAsync();
        var rows = from category in Categories.Select(one => ((string?)one.Code, one.Name)).Prepend((null, "すべて"))
                   from each in Towns
                   let figure = Of(each, category.Item1)
                   select new object?[] { each.Name, category.Item2, figure.ResourcesShown(Smallest), figure.ShareShown(Smallest), figure.UnverifiedShown(Smallest) };
        return this.Table($"集計_{time.Today():yyyyMMdd}", format, ["市町村", "分類", "公開中", "確認済みの割合", "確認が遅れている数"], rows);
    }

    public Figure Of(Municipality of, string? category = null) => figures[(of.Id, category)].FirstOrDefault() ?? new Figure(of.Id, category, 0, 0);
}
