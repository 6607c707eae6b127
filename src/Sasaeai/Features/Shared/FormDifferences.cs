using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sasaeai.Web;

namespace Sasaeai.Features.Shared;

/// <summary>What another person saved meanwhile, beside what was typed here (_Differences.cshtml).</summary>
public sealed record FormDifference(string Label, string Saved, string Typed)
{
    public const string Key = "Differences";
}

public static class FormDifferences
{
    /// <summary>Two people changed one record: the form keeps what was typed and shows both; sent again, it is meant for the newer state.</summary>
    /// <param name="state">The name of the field that carries the state, whose property has the newer one already.</param>
    /// <param name="choices">The words for what the form names by id.</param>
    public static PageResult ShowBoth<TForm>(this PageModel page, string state, TForm saved, TForm typed, params IEnumerable<SelectListItem> choices)
    {
        var names = choices.ToLookup(choice => choice.Value, choice => choice.Text);
        page.ViewData[FormDifference.Key] = page.MetadataProvider.GetMetadataForType(typeof(TForm)).Properties
            .Select(property => new FormDifference(property.GetDisplayName(), Words(property, saved), Words(property, typed)))
            .Where(difference => difference.Saved != difference.Typed).ToList();
        page.ModelState.Remove(state);
        page.ModelState.AddModelError("", "入力している間に、ほかの人がこの記録を変更しました。まだ何も上書きしていません。下の「ちがい」を見て、よければもう一度「保存する」を押してください。");
        return page.Invalid();

        string Words(ModelMetadata property, TForm form) => property.PropertyGetter!(form!) switch
        {
            null => "",
            true => "はい",
            false => "いいえ",
            Enum value => property.EnumGroupedDisplayNamesAndValues?.FirstOrDefault(one => one.Value == value.ToString("D")).Key.Name ?? $"{value}",
            var value => names[$"{value}"].FirstOrDefault() ?? $"{value}",
        };
    }
}
