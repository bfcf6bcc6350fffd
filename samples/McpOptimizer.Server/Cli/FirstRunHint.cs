namespace McpOptimizer.Server.Cli;

/// <summary>Where nobody looks at a terminal: one line in the log that nothing is configured, and what <c>import</c> would find.</summary>
internal sealed partial class FirstRunHint(ILogger<FirstRunHint> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        string sentence = await NothingConfigured.SentenceAsync(stoppingToken);
        LogNothingConfigured(sentence);
    }

    [LoggerMessage(EventId = 131, Level = LogLevel.Information, Message = "{Sentence}")]
    private partial void LogNothingConfigured(string sentence);
}
