using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using ExcelDataReader;

namespace Sasaeai.Tables;

/// <summary>
/// The first visible sheet of an Excel workbook as text in forms that do not depend on a locale. Formulas stand by the result
/// that Excel saved; one that ended in an error (#N/A) is an empty cell.
/// </summary>
internal static partial class XlsxFile
{
    private const long FreeUnpackedBytes = 1024 * 1024;

    public static IEnumerable<RawRow> Read(Stream file, TableLimits limits)
    {
        Inspect(file, limits);
        Cp932.Register();

        using var sheet = Reading(() => ExcelReaderFactory.CreateOpenXmlReader(file, new ExcelReaderConfiguration { LeaveOpen = true }));
        while (sheet.VisibleState != "visible" && Reading(sheet.NextResult))
        {
        }

        while (Reading(sheet.Read))
        {
            var number = sheet.Depth + 1;
            if (number > TableLimits.SheetRows)
            {
                throw Unreadable(null);
            }

            yield return new RawRow(number, Reading(() => Cells(sheet)));
        }
    }

    public static TableRefusedException MacrosRefused() =>
        new("マクロの入ったExcelファイルは、安全のため読みません。マクロのない「Excelブック（.xlsx）」かCSVで保存し直してください。");

    public static TableRefusedException Unreadable(Exception? inner) =>
        new("Excelファイルとして読めません。壊れているか、別の形式です。Excelで開き、「Excelブック（.xlsx）」かCSVで保存し直してください。", inner);

    /// <summary>Inflates every file once into nothing, counting, since the sizes written in a zip can lie.</summary>
    private static void Inspect(Stream file, TableLimits limits)
    {
        var start = file.Position;
        var most = Math.Min(limits.UnpackedBytes, Math.Max(FreeUnpackedBytes, (file.Length - start) * limits.UnpackedRatio));
        Reading(() =>
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > limits.PackedFiles)
            {
                throw new TableRefusedException("Excelファイルの中のファイルが多すぎます。表だけを新しいブックに写して、保存し直してください。");
            }

            if (zip.Entries.Any(entry => entry.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            {
                throw MacrosRefused();
            }

            var buffer = new byte[81_920];
            foreach (var entry in zip.Entries)
            {
                using var content = entry.Open();
                for (int read; (read = content.Read(buffer)) > 0;)
                {
                    if ((most -= read) < 0)
                    {
                        throw new TableRefusedException("Excelファイルを開くと大きくなりすぎます。表だけを新しいブックに写すか、CSVで保存し直してください。");
                    }
                }
            }

            return true;
        });
        file.Position = start;
    }

    /// <remarks>Whatever the parsers throw on a crafted or damaged file means the same to the person: it cannot be read.</remarks>
    private static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception broken) when (broken is not (TableRefusedException or OutOfMemoryException))
        {
            throw Unreadable(broken);
        }
    }

    private static string[] Cells(IExcelDataReader sheet)
    {
        var cells = new string[sheet.FieldCount];
        for (var column = 0; column < cells.Length; column++)
        {
            cells[column] = Text(sheet, column);
        }

        return cells;
    }

    private static string Text(IExcelDataReader sheet, int column) => sheet.GetValue(column) switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "TRUE" : "FALSE",
        DateTime moment => Text(moment),
        TimeSpan time => Text(time),
        double number when IsJapaneseDate(sheet.GetNumberFormatIndex(column), sheet.GetNumberFormatString(column)) => Text(DateTime.FromOADate(number)),
        double number => Text(number, sheet.GetNumberFormatString(column)),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };

    /// <remarks>
    /// The dates that the library does not know: the formats that Excel has built in for Japanese (ECMA-376 part 1, 18.8.30)
    /// and those with an era (ge.m.d).
    /// </remarks>
    private static bool IsJapaneseDate(int index, string? format) =>
        index is >= 27 and <= 36 or >= 50 and <= 58
        || (format is not null && LiteralsOfFormat().Replace(format, "") is var symbols && symbols.Contains('e') && symbols.Contains('m'));

    [GeneratedRegex("""
        "[^"]*"|\[[^\]]*\]|[\\_*].
        """)]
    private static partial Regex LiteralsOfFormat();

    /// <remarks>Excel keeps a time of day as a date in 1899 or at the turn to 1900.</remarks>
    private static string Text(DateTime moment)
    {
        moment = moment.AddTicks(TimeSpan.TicksPerSecond / 2);
        var time = new TimeSpan(moment.Hour, moment.Minute, moment.Second);
        return moment.Year < 1900 ? Text(time)
            : time == TimeSpan.Zero ? $"{moment:yyyy-MM-dd}"
            : $"{moment:yyyy-MM-dd} {Text(time)}";
    }

    private static string Text(TimeSpan time)
    {
        time = TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
        var hours = (int)time.TotalHours;
        return time.Seconds == 0 ? $"{hours:00}:{time.Minutes:00}" : $"{hours:00}:{time.Minutes:00}:{time.Seconds:00}";
    }

    /// <remarks>Through decimal, 0.1 + 0.2 is 0.3 as on the screen. A format of zeros only keeps a code's leading zeros.</remarks>
    private static string Text(double number, string? format)
    {
        if (number >= 0 && number == Math.Floor(number) && format is { Length: > 1 } && format.All(c => c == '0'))
        {
            return number.ToString(format, CultureInfo.InvariantCulture);
        }

        return Math.Abs(number) is 0 or (> 1e-9 and < 1e15)
            ? ((decimal)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
    }
}
