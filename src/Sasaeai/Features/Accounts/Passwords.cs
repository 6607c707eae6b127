using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Sasaeai.Features.Accounts;

/// <summary>Length rather than kinds of characters, and no password that is known to have leaked.</summary>
public sealed class Passwords : IPasswordValidator<Account>
{
    public const int ShortestLength = 10;
    public const int LongestLength = 128;

    private static readonly Lazy<HashSet<string>> Breached = new(() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "breached-passwords.txt"))]);

    public static void Configure(IdentityOptions options)
    {
        options.Password.RequiredLength = ShortestLength;
        options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
        options.Password.RequiredUniqueChars = 4;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        options.User.RequireUniqueEmail = false;    // unique within the town, which the database keeps
        options.User.AllowedUserNameCharacters = "";
        options.Tokens.AuthenticatorIssuer = "ささえあい";
    }

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) => Task.FromResult(
        Refusal(user.Email, password ?? "") is { } reason ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = reason }) : IdentityResult.Success);

    /// <summary>A first password to be told on the telephone or on paper: no letter that looks like another; 79 bits.</summary>
    public static string Initial() => string.Join('-', RandomNumberGenerator.GetItems<char>("abcdefghjkmnpqrstuvwxyz23456789", 16).Chunk(4).Select(group => new string(group)));

    /// <summary>Why the password will not do, or null.</summary>
    public static string? Refusal(string email, string password) =>
        password.Length < ShortestLength ? $"パスワードは{ShortestLength}文字以上にしてください。短い文をつなげると覚えやすくなります。"
        : password.Length > LongestLength ? $"パスワードは{LongestLength}文字以内にしてください。"
        : password.Distinct().Count() < 4 ? "同じ文字の繰り返しでないパスワードにしてください。"
        : Breached.Value.Contains(password.ToLowerInvariant()) ? "このパスワードは流出したことが知られているため使えません。別のものにしてください。"
        : password.Contains(email.Split('@')[0], StringComparison.OrdinalIgnoreCase) ? "メールアドレスを含まないパスワードにしてください。"
        : null;
}
