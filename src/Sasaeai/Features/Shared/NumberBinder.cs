using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;

namespace Sasaeai.Features.Shared;

/// <summary>
/// Numbers as people type them: １２, 12,300,000, １，５００円, ３８．５％. What was typed stays in the box when it cannot be read.
/// </summary>
public sealed class NumberBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        var (type, logs) = (context.Metadata.UnderlyingOrModelType, context.Services.GetRequiredService<ILoggerFactory>());
        return type == typeof(int) || type == typeof(long) || type == typeof(short) ? new NumberBinder(new SimpleTypeModelBinder(context.Metadata.ModelType, logs))
            : type == typeof(decimal) ? new NumberBinder(new DecimalModelBinder(System.Globalization.NumberStyles.Float, logs))
            : type == typeof(double) ? new NumberBinder(new DoubleModelBinder(System.Globalization.NumberStyles.Float, logs))
            : null;
    }
}

public sealed partial class NumberBinder(IModelBinder inner) : IModelBinder
{
    public async Task BindModelAsync(ModelBindingContext context)
    {
        var (name, values) = (context.ModelName, context.ValueProvider);
        var typed = values.GetValue(name);
        if (typed.Length != 1 || typed.FirstValue is not { } text || Narrow(text) is var narrow && narrow == text)
        {
            await inner.BindModelAsync(context);
            return;
        }

        context.ValueProvider = new Narrowed(name, new ValueProviderResult(narrow, typed.Culture));
        await inner.BindModelAsync(context);
        context.ValueProvider = values;
        context.ModelState.SetModelValue(name, typed);
    }

    /// <summary>A number without what is only there for the eye; any other text as it is.</summary>
    public static string Narrow(string typed)
    {
        var narrow = typed.Trim().Normalize(NormalizationForm.FormKC).Replace('\u2212', '-').Replace('、', ',').Replace('。', '.');
        return Written().Match(narrow) is { Success: true } found ? found.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal) : typed;
    }

    [GeneratedRegex(@"^[¥\\]?(?<number>-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?) ?(?:円|人|名|件|回|枚|分|歳|年|%)?$")]
    private static partial Regex Written();

    private sealed class Narrowed(string name, ValueProviderResult value) : IValueProvider
    {
        public bool ContainsPrefix(string prefix) => prefix == name;

        public ValueProviderResult GetValue(string key) => key == name ? value : ValueProviderResult.None;
    }
}
