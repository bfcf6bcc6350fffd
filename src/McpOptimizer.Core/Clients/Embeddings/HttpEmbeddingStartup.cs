using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Clients.Embeddings;

/// <summary>
/// Learns the service's model before the first ingestion, so that stored vectors carry the right identity from the start. A service that is down
/// delays nothing.
/// </summary>
internal sealed partial class HttpEmbeddingStartup(HttpEmbeddingGenerator generator, ILogger<HttpEmbeddingStartup> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await generator.IdentifyAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (EmbeddingException fault)
        {
            LogNotIdentified(fault.Message);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 2203, Level = LogLevel.Warning, Message = "{Problem} Search goes on without it until it answers.")]
    private partial void LogNotIdentified(string problem);
}
