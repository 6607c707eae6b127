using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;

namespace Sasaeai.Features.Imports;

/// <summary>Reading single values as municipal tables write them. What cannot be read refuses the row or is told in a warning.</summary>
public static partial class FieldReading
{
    public static string Text(this ImportRow row, string field, string otherwise) => row.Has(field) ? row[field] : otherwise;

    public static DateOnly? Date(this ImportRow row, string field, DateOnly? otherwise)
    {
        if (!row.Has(field) || row[field] == "")
        {
            return row.Has(field) ? null : otherwise;
        }

        // A temple was founded before Japan counted by the sun; its date stands as it is written.
        if (Wareki.TryReadDate(row[field], out var day) || DateOnly.TryParseExact(row[field], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
        {
            return day;
        }

        if (IncompleteDate(row[field]) is { } guessed)
        {
            row.Warn(field, $"日付の形ではないため、{Wareki.Long(guessed)}としました。違うときは直してください。");
            return guessed;
        }

        row.Refuse(field, "日付として読めません。「2026-06-15」か「令和8年6月15日」の形に直してください。");
        return otherwise;
    }

    /// <summary>「令和8年9月」 is its first day, 「令和8年9月末」 its last; 46000 is how Excel counts a day whose form was lost.</summary>
    private static DateOnly? IncompleteDate(string text)
    {
        var plain = Plain(text);
        if (ExcelDay().IsMatch(plain))
        {
            return new DateOnly(1899, 12, 30).AddDays(int.Parse(plain, CultureInfo.InvariantCulture));
        }

        var month = MonthOnly().Match(plain);
        if (!month.Success || !Wareki.TryReadDate(month.Groups["sign"].Success ? $"{month.Groups["month"].Value}{month.Groups["sign"].Value}1" : $"{month.Groups["month"].Value}1日", out var first))
        {
            return null;
        }

        return month.Groups["end"].Success ? first.AddMonths(1).AddDays(-1) : first;
    }

    public static T? Word<T>(this ImportRow row, string field, WordList<T> words, T? otherwise) where T : struct
    {
        if (!row.Has(field) || row[field] == "")
        {
            return otherwise;
        }

        var read = words.Read(row[field]);
        if (read is null)
        {
            row.Refuse(field, $"{words.Choices}のどれかに直してください。");
        }

        return read;
    }

    /// <summary>A whole number; what is written around it (円, 名, 約) does not matter. 0 where it stands for "not known" is null.</summary>
    public static int? Number(this ImportRow row, string field, int? otherwise)
    {
        if (!row.Has(field) || row[field] == "")
        {
            return row.Has(field) ? null : otherwise;
        }

        if (Digits().Match(Plain(row[field])) is { Success: true } match && int.TryParse(match.Groups[1].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        row.Refuse(field, "数として読めません。数字だけにしてください。");
        return otherwise;
    }

    public static (double? Lat, double? Lng) Point(this ImportRow row, string latField, string lngField, double? lat, double? lng)
    {
        if (!row.Has(latField) || !row.Has(lngField) || row[latField] == "" && row[lngField] == "")
        {
            return row.Has(latField) && row.Has(lngField) ? (null, null) : (lat, lng);
        }

        if (!Degrees(row[latField], out var north) || !Degrees(row[lngField], out var east))
        {
            row.Refuse(latField, "緯度・経度を数(度)で入れてください。分からないときは、両方とも空けてください。");
            return (lat, lng);
        }

        if (north is >= 122 and <= 154 && east is >= 20 and <= 46)
        {
            row.Warn(latField, "緯度と経度が逆でしたので、入れ替えました。");
            return (east, north);
        }

        if (north is >= 20 and <= 46 && east is >= 122 and <= 154)
        {
            return (north, east);
        }

        row.Warn(latField, $"緯度・経度({north}, {east})が日本の外です。場所なしで取り込みました。");
        return (null, null);
    }

    /// <summary>Values of one cell, separated by ；; 、 or line breaks.</summary>
    public static string[] List(string text) =>
        [.. text.Split(['；', ';', '、', '\n', '｜', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];

    public static string Phone(this ImportRow row, string field, string otherwise)
    {
        var text = row.Text(field, otherwise);
        if (LostZero().IsMatch(text))
        {
            row.Warn(field, $"先頭の0がないため、0{text}としました。");
            return "0" + text;
        }

        return text;
    }

    /// <summary>The address of a web page; an e-mail address written there is handed back apart.</summary>
    public static (string Url, string? Email) Url(this ImportRow row, string field, string otherwise)
    {
        var text = row.Text(field, otherwise);
        if (text == "" || text == otherwise)
        {
            return (text, null);
        }

        if (EmailAddress().IsMatch(text))
        {
            row.Warn(field, "URLの列にメールアドレスがありました。メールアドレスとして取り込みました。");
            return ("", text);
        }

        var address = text.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? "https://" + text : text;
        if (Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return (address, null);
        }

        row.Warn(field, "ホームページのアドレス(http:// か https:// で始まるもの)ではないため、取り込みませんでした。");
        return (otherwise, null);
    }

    public static string Email(this ImportRow row, string field, string otherwise)
    {
        var text = row.Text(field, otherwise);
        if (text == "" || text == otherwise || EmailAddress().IsMatch(text))
        {
            return text;
        }

        row.Warn(field, "メールアドレスとして読めないため、取り込みませんでした。");
        return otherwise;
    }

    public static string Plain(string text) => text.Normalize(NormalizationForm.FormKC).Trim();

    private static bool Degrees(string text, out double degrees) =>
        double.TryParse(Plain(text).TrimEnd('度', '°'), NumberStyles.Float, CultureInfo.InvariantCulture, out degrees) && double.IsFinite(degrees);

    [GeneratedRegex(@"^[^0-9\-]*([0-9][0-9,]{0,9})\s*[^0-9]*$")]
    private static partial Regex Digits();

    [GeneratedRegex("^[1-9][0-9]{8,9}$")]
    private static partial Regex LostZero();

    [GeneratedRegex("^[34][0-9]{4}$")]
    private static partial Regex ExcelDay();

    [GeneratedRegex(@"^(?:(?<month>.+年\s*[0-9]{1,2}\s*月)|(?<month>[A-Za-z]?[0-9]{1,4}(?<sign>[./-])[0-9]{1,2}))\s*(?:(?<end>末日?)|頃|ごろ|中|現在)?$")]
    private static partial Regex MonthOnly();

    [GeneratedRegex(@"^[^\s@:/<>""]+@[^\s@:/<>""]+\.[^\s@:/<>""]+$")]
    private static partial Regex EmailAddress();
}
