using System.Collections;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Sasaeai.Features.Shared;

/// <summary>Gives every validation attribute without a message of its own a Japanese sentence that says what to do.</summary>
public sealed class JapaneseMessages : IValidationMetadataProvider
{
    /// <summary>Most attributes have no message until asked; these three carry the framework's from the start.</summary>
    private static readonly HashSet<string?> English =
        [null, new EmailAddressAttribute().ErrorMessage, new PhoneAttribute().ErrorMessage, new UrlAttribute().ErrorMessage];

    public static void Use(MvcOptions options)
    {
        options.ModelMetadataDetailsProviders.Add(new JapaneseMessages());
        var messages = options.ModelBindingMessageProvider;
        messages.SetValueMustNotBeNullAccessor(_ => "入力してください。");
        messages.SetValueMustBeANumberAccessor(name => $"{name}は数字で入力してください。");
        messages.SetAttemptedValueIsInvalidAccessor((value, name) => $"{name}の「{value}」を読めません。書き方を確かめてください。");
        messages.SetValueIsInvalidAccessor(value => $"「{value}」を読めません。書き方を確かめてください。");
        messages.SetNonPropertyValueMustBeANumberAccessor(() => "数字で入力してください。");
        messages.SetMissingBindRequiredValueAccessor(name => $"{name}を入力してください。");
    }

    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        var type = context.Key.ModelType;
        var isChoice = (Nullable.GetUnderlyingType(type) ?? type).IsEnum || (type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)));

        // A non-nullable string that the request leaves out is as empty as one left blank.
        foreach (var required in context.ValidationMetadata.ValidatorMetadata.OfType<RequiredAttribute>())
        {
            required.AllowEmptyStrings = false;
        }

        foreach (var attribute in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>())
        {
            if (attribute.ErrorMessageResourceName is null && English.Contains(attribute.ErrorMessage))
            {
                attribute.ErrorMessage = MessageOf(attribute, isChoice);
            }
        }
    }

    private static string? MessageOf(ValidationAttribute attribute, bool isChoice) => attribute switch
    {
        RequiredAttribute or MinLengthAttribute { Length: 1 } when isChoice => "{0}を選んでください。",
        RequiredAttribute => "{0}を入力してください。",
        StringLengthAttribute { MinimumLength: > 0 } => "{0}は{2}文字以上、{1}文字以内で入力してください。",
        StringLengthAttribute or MaxLengthAttribute => "{0}は{1}文字以内で入力してください。",
        MinLengthAttribute => "{0}は{1}文字以上で入力してください。",
        RangeAttribute => "{0}は{1}から{2}までの数で入力してください。",
        EmailAddressAttribute => "{0}は name@example.jp のような形で入力してください。",
        PhoneAttribute => "{0}は数字とハイフンで入力してください。",
        UrlAttribute => "{0}は https:// で始まる形で入力してください。",
        _ => null,
    };
}
