using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Sasaeai.Data;

namespace Sasaeai.Features.Accounts;

/// <summary>Length rather than kinds of characters, and no password that is known to have leaked.</summary>
public sealed class Passwords(CurrentTown town) : IPasswordValidator<Account>
{
    public const int ShortestLength = 10;
    public const int LongestLength = 128;
    /// <summary>Of PBKDF2 with HMAC-SHA-512 (OWASP Password Storage Cheat Sheet, 2025).</summary>
    public const int Rounds = 220_000;

    private const int ShortestRest = 6;

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
        Refusal(town.Municipality, user.Email, password ?? "") is { } reason ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = reason }) : IdentityResult.Success);

    /// <summary>A first password to be told on the telephone or on paper: no letter that looks like another; 79 bits.</summary>
    public static string Initial() => string.Join('-', RandomNumberGenerator.GetItems<char>("abcdefghjkmnpqrstuvwxyz23456789", 16).Chunk(4).Select(group => new string(group)));

    /// <summary>Why the password will not do, or null.</summary>
    public static string? Refusal(Municipality town, string email, string password) =>
        password.Length < ShortestLength ? $"パスワードは{ShortestLength}文字以上にしてください。短い文をつなげると覚えやすくなります。"
        : password.Length > LongestLength ? $"パスワードは{LongestLength}文字以内にしてください。"
        : password.Distinct().Count() < 4 ? "同じ文字の繰り返しでないパスワードにしてください。"
        : Breached.Value.Contains(password.ToLowerInvariant()) ? "このパスワードは流出したことが知られているため使えません。別のものにしてください。"
        : !town.Demo && WithoutNames(town, password).Length < ShortestRest ? $"町やこのしくみの名前は、さがす人がまず試す言葉です。それを除いて{ShortestRest}文字以上にしてください。"
        : password.Contains(email.Split('@')[0], StringComparison.OrdinalIgnoreCase) ? "メールアドレスを含まないパスワードにしてください。"
        : null;

    /// <summary>What is left of the password without the words that anybody would try here first.</summary>
    private static string WithoutNames(Municipality town, string password) => new[] { "ささえあい", "sasaeai", town.Slug, town.Name, town.Name.TrimEnd('市', '区', '町', '村'), town.Prefecture }
        .Where(name => name.Length > 1).Aggregate(password, (left, name) => left.Replace(name, "", StringComparison.OrdinalIgnoreCase));
}
