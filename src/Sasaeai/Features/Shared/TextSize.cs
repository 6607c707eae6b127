namespace Sasaeai.Features.Shared;

/// <summary>The size of text that a visitor chose, kept in a cookie. Cached pages must vary by that cookie.</summary>
public static class TextSize
{
    public const string Cookie = "text-size";

    public static readonly IReadOnlyDictionary<string, string> Choices = new OrderedDictionary<string, string>
    {
        ["standard"] = "標準",
        ["large"] = "大",
        ["extra-large"] = "特大",
    };

    /// <summary>The key chosen, or <c>standard</c> when none or an unknown one is.</summary>
    public static string Of(HttpRequest request) =>
        request.Cookies[Cookie] is { } chosen && Choices.ContainsKey(chosen) ? chosen : "standard";
}
