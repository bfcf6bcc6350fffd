using McpOptimizer.Core.Services.Trust;
using McpOptimizer.Core.Tests.Backends;
using McpOptimizer.Core.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Trust;

public sealed class TrustWatchTests
{
    private const int Looks = 5;

    /// <summary>A store that is out of reach for hours says so once, again when the reason is another, and again after it had worked.</summary>
    [Fact]
    public async Task Look_StoreOutOfReach_SaysEachFaultOnce()
    {
        using TemporaryFolder folder = new();
        string path = folder.Combine("o.db");
        await using OptimizerFixture optimizer = new(path);
        await File.WriteAllTextAsync(path, "not a database, and long enough to be taken for none: " + new string('x', 1000));
        FakeTimeProvider clock = new();
        RecordingLogs log = new();
        using LoggerFactory logs = new([log]);
        using TrustWatchService watch = new(
            optimizer.Get<TrustService>(), optimizer.Get<TrustKeeper>(), optimizer.Get<IOptions<McpOptimizerOptions>>(), clock, logs.CreateLogger<TrustWatchService>());
        await watch.StartAsync(CancellationToken.None);
        try
        {
            await LookAsync();
            Said().Should().ContainSingle().Which.Should().Contain(path).And.NotContain("   at ", "the sentence says all");

            SqliteConnection.ClearAllPools();
            File.Delete(path);
            Directory.CreateDirectory(path);
            await LookAsync();
            Said().Should().HaveCount(2, "the reason is another one");
        }
        finally
        {
            await watch.StopAsync(CancellationToken.None);
        }

        string[] Said() => [.. log.Lines.Where(line => line.Contains(" 251 ", StringComparison.Ordinal))];

        async Task LookAsync()
        {
            int before = Said().Length;
            for (int look = 0; look < Looks; look++)
            {
                clock.Advance(TimeSpan.FromMinutes(1));
                await Task.Delay(50);
            }

            await Eventually.IsAsync(() => Said().Length > before);
        }
    }
}
