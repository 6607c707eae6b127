using System.Text;
using CsvHelper;

namespace Sasaeai.Tables;

/// <summary>
/// CSV as municipalities exchange it: UTF-8 with or without BOM or CP932; comma, tab or semicolon; CRLF or LF.
/// The bytes are gone through once before parsing, so that a broken file is refused before its first row is used.
/// </summary>
internal static class CsvFile
{
    public static IEnumerable<RawRow> Read(Stream file, TableLimits limits)
    {
        var start = file.Position;
        var (encoding, separator) = Inspect(file);
        file.Position = start;

        using var text = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        using var csv = CsvReader.Create(text, new CsvReaderOptions { Separator = (char)separator, HasHeader = false, SkipEmptyLines = false });
        while (csv.Read())
        {
            var cells = new string[csv.FieldCount];
            for (var column = 0; column < cells.Length; column++)
            {
                cells[column] = FormulaGuard.Remove(csv.GetString(column));
            }

            yield return new RawRow((int)csv.RowNumber, cells);
        }
    }

    /// <remarks>
    /// Bytes tell rows and quotes without decoding: in UTF-8 and CP932 no byte below 0x40 is part of a longer character.
    /// </remarks>
    private static (Encoding Encoding, byte Separator) Inspect(Stream file)
    {
        var block = new byte[64 * 1024];
        var length = file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        var marked = block.AsSpan(0, length).StartsWith(Encoding.UTF8.Preamble);
        if (block.AsSpan(0, length) is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new TableRefusedException("文字コードがUTF-16のファイルです。「CSV UTF-8（コンマ区切り）」で保存し直してください。");
        }

        var from = marked ? Encoding.UTF8.Preamble.Length : 0;
        var quotes = new QuoteTracker(SeparatorOf(block.AsSpan(from, length - from)));
        var utf8 = new StrictDecoding(new UTF8Encoding(false, throwOnInvalidBytes: true));
        var cp932 = new StrictDecoding(Cp932.Strict);
        while (length > 0)
        {
            for (var next = from; from < length; from = next)
            {
                while (next < length && block[next] != '\n')
                {
                    quotes.Pass(block[next++]);
                }

                var lineEnds = next < length;
                next += lineEnds ? 1 : 0;
                utf8.Pass(block.AsSpan(from, next - from), lineEnds, quotes.Row);
                cp932.Pass(block.AsSpan(from, next - from), lineEnds, quotes.Row);
                if (lineEnds)
                {
                    quotes.Pass((byte)'\n');
                }
            }

            from = 0;
            length = file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        }

        utf8.Pass([], true, quotes.Row);
        cp932.Pass([], true, quotes.Row);
        var isUtf8 = marked || utf8.FailedRow is null || utf8.HasWideCharacters;
        if ((isUtf8 ? utf8 : cp932).FailedRow is { } row)
        {
            throw new TableRefusedException($"{row}行目の文字が読めません。文字コードはUTF-8かシフトJIS（CP932）だけにして、保存し直してください。");
        }

        quotes.RequireClosed();
        return (isUtf8 ? Encoding.UTF8 : Cp932.Strict, quotes.Separator);
    }

    private static byte SeparatorOf(ReadOnlySpan<byte> start)
    {
        var line = start.TrimStart("\r\n"u8);
        var end = line.IndexOfAny((byte)'\r', (byte)'\n');
        line = end < 0 ? line : line[..end];

        int Count(ReadOnlySpan<byte> line, byte separator)
        {
            var quotes = new QuoteTracker(separator);
            var count = 0;
            foreach (var b in line)
            {
                quotes.Pass(b);
                count += b == separator && !quotes.Inside ? 1 : 0;
            }

            return count;
        }

        var best = (byte)',';
        foreach (var other in "\t;"u8)
        {
            best = Count(line, other) > Count(line, best) ? other : best;
        }

        return best;
    }

    /// <summary>Goes through bytes to know the row and whether a quoted cell is open (RFC 4180).</summary>
    private sealed class QuoteTracker(byte separator)
    {
        private bool cellStarts = true;
        private bool justClosed;
        private int openedRow;

        public byte Separator { get; } = separator;
        public int Row { get; private set; } = 1;
        public bool Inside { get; private set; }

        public void Pass(byte b)
        {
            if (b == 0)
            {
                throw new TableRefusedException($"{Row}行目に、文字ではないデータ（NUL）があります。表計算ソフトで開き、CSVで保存し直してください。");
            }

            var wasInside = Inside;
            if (b == '"' && (Inside || cellStarts || justClosed))
            {
                openedRow = cellStarts ? Row : openedRow;
                Inside = !Inside;
            }

            justClosed = wasInside && !Inside;
            cellStarts = !Inside && (b == Separator || b is (byte)'\n' or (byte)'\r');
            Row += b == '\n' && !Inside ? 1 : 0;
        }

        public void RequireClosed()
        {
            if (Inside)
            {
                throw new TableRefusedException($"{openedRow}行目の「\"」が閉じられていません。その行の「\"」を直して、保存し直してください。");
            }
        }
    }

    /// <summary>Decodes until the first byte that the encoding does not have, and remembers its row.</summary>
    private sealed class StrictDecoding(Encoding encoding)
    {
        private readonly Decoder decoder = encoding.GetDecoder();
        private readonly char[] scratch = new char[encoding.GetMaxCharCount(64 * 1024)];

        public int? FailedRow { get; private set; }

        /// <summary>Kana or kanji in a line before the failure. CP932 text practically never looks like them in UTF-8.</summary>
        public bool HasWideCharacters { get; private set; }

        public void Pass(ReadOnlySpan<byte> bytes, bool lineEnds, int row)
        {
            if (FailedRow is not null)
            {
                return;
            }

            try
            {
                var length = decoder.GetChars(bytes, scratch, flush: lineEnds);
                HasWideCharacters |= scratch.AsSpan(0, length).ContainsAnyInRange('\u0800', '\uFFFF');
            }
            catch (DecoderFallbackException)
            {
                FailedRow = row;
            }
        }
    }
}
