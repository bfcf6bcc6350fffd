using McpOptimizer.Server.Status;
using Microsoft.Extensions.Logging;

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
            Write(logger, "one", $"one: line {i}");
        }

        Write(logger, "two", "two started as process 17.");
        Write(logs.CreateLogger("Another.Category"), "one", "one: not of a process");

        logs.Of("one").Should().HaveCount(200);
        logs.Of("one")[^1].Text.Should().Be("line 249");
        logs.Of("two").Should().ContainSingle().Which.Text.Should().Be("(two started as process 17)");
        logs.Of("three").Should().BeEmpty();
    }

    private static void Write(ILogger logger, string server, string text)
    {
        KeyValuePair<string, object?>[] state = [new("Server", server)];
        logger.Log(LogLevel.Debug, default, state, null, (_, _) => text);
    }
}
