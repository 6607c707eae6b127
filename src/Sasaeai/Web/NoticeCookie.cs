namespace Sasaeai.Web;

/// <summary>Carries one message (「保存しました」) from a form to the page after it.</summary>
public static class NoticeCookie
{
    public const string Name = "notice";

    public static bool IsSent(HttpRequest request) => request.Cookies.ContainsKey(Name);
}
