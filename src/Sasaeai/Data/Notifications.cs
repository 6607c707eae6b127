using Npgsql;

namespace Sasaeai.Data;

/// <summary>Hears what other processes, and this one, tell through the database with NOTIFY.</summary>
public static class Notifications
{
    /// <summary>Listens until it is stopped; after a broken connection it begins again within a second.</summary>
    /// <param name="began">Called each time listening begins: what was told before is unknown.</param>
    /// <param name="ended">Called when nothing can be heard any more, with the reason (null when stopped).</param>
    public static async Task ListenAsync(NpgsqlDataSource data, string channel, Action<string> heard, Action began, Action<Exception?> ended, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await data.OpenConnectionAsync(stop);
                connection.Notification += (_, message) => heard(message.Payload);
                await using (var listen = new NpgsqlCommand($"listen {channel}", connection))
                {
                    await listen.ExecuteNonQueryAsync(stop);
                }

                began();
                while (true)
                {
                    await connection.WaitAsync(stop);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                ended(null);
                return;
            }
            catch (Exception error) when (error is NpgsqlException or System.Net.Sockets.SocketException or IOException)
            {
                ended(error);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
