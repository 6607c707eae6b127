using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Sasaeai.Bench.Load;

/// <param name="Bytes">Mean size of an answer.</param>
/// <param name="Wrong">Answers with another status than expected.</param>
public sealed record LoadResult(double PerSecond, double P50, double P95, double P99, double Bytes, int Wrong);

/// <summary>
/// A closed loop on a number of connections that stay open. Bare sockets: the load shares the machine with what it
/// measures, and must cost little. Reads the paths from standard input, one a line, and prints a <see cref="LoadResult"/>.
/// </summary>
public static class LoadGenerator
{
    public static async Task RunAsync(Uri url, double seconds, int connections, int status)
    {
        var requests = (await Console.In.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(path => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {url.Authority}\r\nAccept: text/html\r\n\r\n")).ToArray();
        var until = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var clients = Enumerable.Range(0, connections).Select(_ => new Client(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}"))).ToList();
        await Task.WhenAll(clients.Select((client, number) => Task.Run(() => client.RunAsync(url, requests, number, until))));

        var times = clients.SelectMany(client => client.Milliseconds).Order().ToArray();
        double Percentile(double share) => times.Length == 0 ? 0 : times[(int)(share * (times.Length - 1))];
        Console.WriteLine(JsonSerializer.Serialize(new LoadResult(times.Length / seconds, Percentile(0.5), Percentile(0.95), Percentile(0.99),
            clients.Sum(client => client.Bytes) / (double)Math.Max(1, times.Length), clients.Sum(client => client.Wrong))));
    }

    private sealed class Client(byte[] expected)
    {
        private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray(), EndOfChunks = "\r\n0\r\n\r\n"u8.ToArray(), Length = "\r\nContent-Length: "u8.ToArray();
        private byte[] buffer = new byte[256 * 1024];

        public List<float> Milliseconds { get; } = [];
        public long Bytes { get; private set; }
        public int Wrong { get; private set; }

        public async Task RunAsync(Uri url, byte[][] requests, int number, long until)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(url.Host, url.Port);
            for (var next = number * requests.Length / 16; Stopwatch.GetTimestamp() < until; next++)
            {
                var sent = Stopwatch.GetTimestamp();
                await socket.SendAsync(requests[next % requests.Length]);
                var length = await ReadAnswerAsync(socket);
                Milliseconds.Add((float)Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                Bytes += length;
                Wrong += buffer.AsSpan().StartsWith(expected) ? 0 : 1;
            }
        }

        private async ValueTask<int> ReadAnswerAsync(Socket socket)
        {
            for (int filled = 0, whole = -1; ;)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
                filled += read > 0 ? read : throw new IOException("The server closed the connection.");
                if (whole < 0)
                {
                    whole = LengthOf(buffer.AsSpan(0, filled));
                }

                if (whole == 0 ? buffer.AsSpan(0, filled).EndsWith(EndOfChunks) : filled == whole)
                {
                    return filled;
                }

                if (filled == buffer.Length)
                {
                    Array.Resize(ref buffer, 2 * buffer.Length);
                }
            }
        }

        /// <summary>Of head and body; 0 when the body comes in chunks, -1 while the head is not whole.</summary>
        private static int LengthOf(ReadOnlySpan<byte> answer)
        {
            var head = answer.IndexOf(EndOfHead);
            if (head < 0)
            {
                return -1;
            }

            var at = answer[..head].IndexOf(Length);
            if (at < 0)
            {
                return 0;
            }

            System.Buffers.Text.Utf8Parser.TryParse(answer[(at + Length.Length)..], out int body, out _);
            return head + EndOfHead.Length + body;
        }
    }
}
