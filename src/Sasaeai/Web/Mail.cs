using System.Net;
using System.Net.Mail;

namespace Sasaeai.Web;

/// <summary>Sends mail. The edge to the world outside: tests put their own in its place.</summary>
public interface IMail
{
    /// <summary>False while no mail server is set; the channel is then not offered.</summary>
    bool IsOffered { get; }

    /// <returns>False when the address is not one, or the server did not take the mail.</returns>
    Task<bool> SendAsync(string to, string subject, string body, CancellationToken cancellation = default);
}

/// <summary>Mail by the server of SASAEAI_SMTP (smtp://user:password@host:port; smtps:// for TLS).</summary>
public sealed class SmtpMail(Settings settings, ILogger<SmtpMail> log) : IMail
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public bool IsOffered => settings.Smtp is not null;

    public async Task<bool> SendAsync(string to, string subject, string body, CancellationToken cancellation = default)
    {
        if (!MailAddress.TryCreate(to, out var address))
        {
            return false;
        }

        var server = new Uri(settings.Smtp!);
        using var client = new SmtpClient(server.Host, server.Port > 0 ? server.Port : 25) { EnableSsl = server.Scheme == "smtps" };
        if (server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
        {
            client.Credentials = new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
        }

        using var message = new MailMessage(new MailAddress(settings.MailFrom!), address) { Subject = subject, Body = body };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        try
        {
            await client.SendMailAsync(message, limit.Token);
            return true;
        }
        catch (Exception error) when (error is SmtpException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            log.LogWarning("The mail server did not take a mail ({Reason}).", error.GetType().Name);   // never the address
            return false;
        }
    }
}
