using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sasaeai.Tests;

/// <summary>A mail server of one test: takes every mail and keeps it to be read.</summary>
public sealed class PostOffice : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public PostOffice()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>As SASAEAI_SMTP names it.</summary>
    public string Url => $"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public ConcurrentQueue<Mail> Mails { get; } = new();

    /// <param name="Head">All header lines as they came; a subject may be encoded.</param>
    /// <param name="Text">The body, decoded.</param>
    public sealed record Mail(string To, string Head, string Text);

    public void Dispose() => listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = TakeAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task TakeAsync(TcpClient client)
    {
        using (client)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 test");
            for (var to = ""; await reader.ReadLineAsync() is { } line;)
            {
                if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase))
                {
                    to = line[8..].Trim(' ', '<', '>');
                }

                if (line == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    Mails.Enqueue(await ReadAsync(reader, to));
                }

                await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 ok");
            }
        }
    }

    private static async Task<Mail> ReadAsync(StreamReader reader, string to)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { } line && line != ".")
        {
            lines.Add(line);
        }

        var end = lines.IndexOf("");
        var (head, body) = (string.Join('\n', lines[..end]), lines[(end + 1)..]);
        return new Mail(to, head, head.Contains("base64", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(body))) : Quoted(string.Join('\n', body)));
    }

    /// <summary>quoted-printable.</summary>
    private static string Quoted(string body)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < body.Length; at++)
        {
            if (body[at] != '=')
            {
                bytes.Add((byte)body[at]);
            }
            else if (body[at + 1] == '\n')
            {
                at++;
            }
            else
            {
                bytes.Add(Convert.ToByte(body.Substring(at + 1, 2), 16));
                at += 2;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
