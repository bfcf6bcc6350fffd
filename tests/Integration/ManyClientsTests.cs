using System.Diagnostics;
using System.Globalization;
using Integration.Running;
using ModelContextProtocol.Client;
using Shared.Testing;

namespace Integration;

public sealed class ManyClientsTests : IDisposable
{
    private const int Clients = 200;
    private const int Servers = 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(15)]
    [InlineData(9)]
    public async Task TwoHundredClients_ShareOneProcessAServer_AndNoneOutlivesTheHost(int signal)
    {
        // Counted by what stands on the command line of this test's servers alone.
        string mark = Guid.NewGuid().ToString("N");
        string servers = Programs.ServersFile(_folder.FullPath, Enumerable.Range(0, Servers).Select(i => $"s{i}"), "--mark", mark);
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(_folder.FullPath, "--servers", servers);
        await using (server)
        {
            McpClient[] clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => McpClients.ConnectAsync(address)));
            await clients[0].WaitForToolsAsync(Servers * 14);

            string[] answers = await Task.WhenAll(clients.Select(async (client, i) => (await client.CallAsync($"s{i % Servers}", "echo", new { text = $"client {i}" })).Text()));

            answers.Should().Equal(Enumerable.Range(0, Clients).Select(i => $"client {i}"));
            Count(mark).Should().Be(Servers, "all clients share one process a server");

            using (Process kill = Process.Start("kill", ["-" + signal.ToString(CultureInfo.InvariantCulture), server.Process.Id.ToString(CultureInfo.InvariantCulture)]))
            {
                await kill.WaitForExitAsync();
            }

            await Eventually.IsAsync(() => Task.FromResult(server.Process.HasExited && Count(mark) == 0), "the end of host and servers");
            await Task.WhenAll(clients.Select(async client =>
            {
                try
                {
                    await client.DisposeAsync();
                }
                catch (Exception e) when (e is HttpRequestException or IOException)
                {
                    // The host is gone: there is nobody to say goodbye to.
                }
            }));
        }
    }

    private static int Count(string mark) => Directory.EnumerateDirectories("/proc").Count(folder =>
    {
        try
        {
            return int.TryParse(Path.GetFileName(folder), out _) && File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
