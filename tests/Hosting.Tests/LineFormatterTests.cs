using Hosting.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hosting.Tests;

public sealed class LineFormatterTests
{
    [Fact]
    public void Record_IsOneLine_AndOnlyErrorsShowAStack()
    {
        Write(LogLevel.Warning, "A server is slow.", null).Should().MatchRegex("^[0-9:]{8} warning A server is slow\\.\\n$");
        Write(LogLevel.Warning, "It failed.", new InvalidOperationException("no such file")).Should().EndWith("warning It failed. no such file\n");
        Write(LogLevel.Warning, "It failed: no such file", new InvalidOperationException("no such file")).Should().EndWith("warning It failed: no such file\n");
        Write(LogLevel.Error, "It failed.", new InvalidOperationException("no such file")).Should().MatchRegex("^[0-9:]{8} error It failed\\. no such file\n").And.Contain("InvalidOperationException");
    }

    [Fact]
    public void StartThatFailed_IsNotTold_ForItIsTheAnswerOfTheProgram()
    {
        VisibleFormatter formatter = new(new LineFormatter(new FakeTimeProvider()));
        using StringWriter writer = new();

        formatter.Write(new LogEntry<string>(LogLevel.Error, "Microsoft.Extensions.Hosting.Internal.Host", new EventId(11), "Hosting failed to start", null, (state, _) => state), null, writer);
        writer.ToString().Should().BeEmpty();
        formatter.Write(new LogEntry<string>(LogLevel.Error, "Microsoft.Extensions.Hosting.Internal.Host", new EventId(9), "BackgroundService failed\u001b[2J", null, (state, _) => state), null, writer);
        writer.ToString().Should().Contain("BackgroundService failed\\u{1B}[2J");
    }

    private static string Write(LogLevel level, string message, Exception? exception)
    {
        using StringWriter writer = new() { NewLine = "\n" };
        new LineFormatter(new FakeTimeProvider()).Write(new LogEntry<string>(level, "Category", default, message, exception, (state, _) => state), null, writer);
        return writer.ToString();
    }
}
