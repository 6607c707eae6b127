using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Shared;

/// <summary>
/// A date as a person typed it in three boxes 年・月・日. The year may be 2026, 令和8 or R8,
/// and the first box alone may hold a whole date such as R8.6.15. Three empty boxes bind to null.
/// </summary>
[ModelBinder<DateInputBinder>]
public sealed record DateInput(string? Year, string? Month, string? Day)
{
    public DateInput(DateOnly date) : this($"{date.Year}", $"{date.Month}", $"{date.Day}")
    {
    }

    /// <summary>One written date, such as 「令和8年6月15日」, still to be read and checked.</summary>
    public override string ToString() => Month is null && Day is null ? $"{Year}" : $"{Year}年{Month}月{Day}日";

    /// <summary>Why what was typed is no day: the calendar has none such, an era does not reach there, or it cannot be read.</summary>
    public string Refusal(string label) =>
        $"{label}は、暦にない日か、読み取れない書き方です（{this}）。令和8年6月15日 または 2026年6月15日 のように入力してください。"
        + (Year is { } year && year.AsSpan().ContainsAny("令平RHｒｈrhＲＨ") ? "令和は2019年5月1日からです。" : "");
}

public sealed class DateInputBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext context)
    {
        var year = Box(nameof(DateInput.Year));
        var month = Box(nameof(DateInput.Month));
        var day = Box(nameof(DateInput.Day));
        if ((year ?? month ?? day) is not null)
        {
            var typed = new DateInput(year, month, day);
            context.Result = ModelBindingResult.Success(typed);
            if (!Wareki.TryReadDate(typed.ToString(), out _))
            {
                context.ModelState.TryAddModelError(context.ModelName, typed.Refusal(context.ModelMetadata.GetDisplayName()));
            }
        }

        return Task.CompletedTask;

        string? Box(string part)
        {
            var key = ModelNames.CreatePropertyModelName(context.ModelName, part);
            var typed = context.ValueProvider.GetValue(key);
            context.ModelState.SetModelValue(key, typed);
            context.ModelState.MarkFieldSkipped(key);
            return typed.FirstValue is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
        }
    }
}
