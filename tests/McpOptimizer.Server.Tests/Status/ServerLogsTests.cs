using McpOptimizer.Server.Status;
using Microsoft.Extensions.Logging;
using Shared.Testing;

namespace McpOptimizer.Server.Tests.Status;

public sealed class ServerLogsTests
{
    [Fact]
    public void Lines_AreKeptByServer_AndOnlyTheLast()
    {
        using ServerLogs logs = new(TimeProvider.System);
        ILogger logger = logs.CreateLogger(ServerLogs.Category);

        for (int i = 0; i < 250; i++)
        {
            logger.LogDebug("{Server}: {Line}", "one", $"line {i}");
        }

        logger.LogDebug("{Server} started as process {ProcessId}.", "two", 17);
        logs.CreateLogger("Another.Category").LogDebug("{Server}: {Line}", "one", "not of a process");

        logs.Of("one").Should().HaveCount(200);
        logs.Of("one")[^1].Text.Should().Be("line 249");
        logs.Of("two").Should().ContainSingle().Which.Text.Should().Be("(two started as process 17)");
        logs.Of("three").Should().BeEmpty();
    }
}
