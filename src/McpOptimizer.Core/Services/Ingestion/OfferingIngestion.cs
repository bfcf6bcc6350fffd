using System.Security.Cryptography;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Repositories;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Tokens;
using McpOptimizer.Core.Services.Trust;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Asks running servers for their resources and prompts. What a server offered stays known while it cannot be asked.</summary>
internal sealed partial class OfferingIngestion(
    IBackendRepository backends,
    EndpointRepository endpoints,
    OfferingIndexes indexes,
    OfferingTrust trust,
    SharedVectors shared,
    TextEmbedder embedder,
    ITokenCounter tokens,
    IOptions<McpOptimizerOptions> options,
    TimeProvider clock,
    ILogger<OfferingIngestion> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SaidOnce _said = new();

    /// <summary>Asks these servers, or all running ones; those that fail harm nobody.</summary>
    public async Task RunAsync(IReadOnlyCollection<string>? servers = null, CancellationToken cancellationToken = default)
    {
        if (options.Value.Offerings is { Resources: false, Prompts: false })
        {
            return;
        }

        IReadOnlyCollection<string> running = indexes.Running;
        await Parallel.ForEachAsync(
            servers is null ? running : running.Intersect(servers),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.Ingestion.Parallelism, CancellationToken = cancellationToken },
            async (server, token) =>
            {
                if (endpoints.Find(server) is { } endpoint)
                {
                    await AskAsync(endpoint, token).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
    }

    private async Task AskAsync(BackendEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (options.Value.Offerings.Resources)
        {
            await TakeAsync(endpoint, OfferingChange.Resources, ListResourcesAsync, cancellationToken).ConfigureAwait(false);
        }

        if (options.Value.Offerings.Prompts)
        {
            await TakeAsync(endpoint, OfferingChange.Prompts, backends.ListPromptsAsync, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<BackendItem>> ListResourcesAsync(BackendEndpoint endpoint, CancellationToken cancellationToken)
    {
        IReadOnlyList<BackendItem> resources = await backends.ListResourcesAsync(endpoint, cancellationToken).ConfigureAwait(false);
        try
        {
            return [.. resources, .. await backends.ListResourceTemplatesAsync(endpoint, cancellationToken).ConfigureAwait(false)];
        }
        catch (BackendException e) when (e.Failure == BackendFailure.ProtocolError)
        {
            // Servers with resources and without templates often do not know the method.
            return resources;
        }
    }

    private async Task TakeAsync(
        BackendEndpoint endpoint, OfferingChange what, Func<BackendEndpoint, CancellationToken, Task<IReadOnlyList<BackendItem>>> list, CancellationToken cancellationToken)
    {
        string subject = $"{what} of {endpoint.ServerName}";
        IReadOnlyList<BackendItem> items;
        try
        {
            items = [.. (await list(endpoint, cancellationToken).ConfigureAwait(false)).DistinctBy(item => item.Uri ?? item.Name)];
        }
#pragma warning disable CA1031 // Whatever a server does wrong stays with that server.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (_said.IsNews(subject, e.Message))
            {
                LogNotListed(endpoint.ServerName, what, e.Message);
            }

            return;
        }

        _said.Forget(subject);
        string mark = HashOf(items);
        string server = endpoint.ServerName;
        if (indexes.MarkOf(server, what) == mark)
        {
            return;
        }

        (IReadOnlyList<ReadOnlyMemory<float>> vectors, bool embedded) = await EmbedAsync(server, items, cancellationToken).ConfigureAwait(false);
        ToolDocument[] documents = [.. items.Select((item, at) => Document(server, item, vectors.Count > at ? vectors[at] : default))];
        await trust.TakeOverAsync(server, what, documents, embedded ? mark : "", cancellationToken).ConfigureAwait(false);
    }

    private ToolDocument Document(string server, BackendItem item, ReadOnlyMemory<float> vector) => new()
    {
        Id = $"{server}\n{item.Uri ?? item.Name}",
        Name = item.Uri ?? item.Name,
        Title = item.Uri is null ? item.Title : item.Title is null ? item.Name : $"{item.Name} {item.Title}",
        Description = item.Description,
        DefinitionJson = item.DefinitionJson,
        Embedding = vector,
        TokenCount = tokens.Count(item.DefinitionJson.Span),
    };

    // When the host's generator fails or is late, the built-in vectors stand in; the next look tries again.
    private async Task<(IReadOnlyList<ReadOnlyMemory<float>> Vectors, bool Done)> EmbedAsync(string server, IReadOnlyList<BackendItem> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return ([], true);
        }

        string[] texts = [.. items.Select(item => EmbeddingText.ForTool(
            server, new ToolDefinition { Name = item.Name, Title = item.Title, Description = item.Description, Json = item.DefinitionJson }))];
        using CancellationTokenSource patience = new(Patience, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            IReadOnlyList<ReadOnlyMemory<float>> vectors = await shared.EmbedAsync(texts, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            _said.Forget(server);
            return (vectors, true);
        }
        catch (EmbeddingException e)
        {
            if (_said.IsNews(server, e.Message))
            {
                LogNotEmbedded(server, e.Message);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Late is no fault.
        }

        return ([.. texts.Select(embedder.StandIn)], false);
    }

    private static string HashOf(IReadOnlyList<BackendItem> items)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (BackendItem item in items)
        {
            hash.AppendData(item.DefinitionJson.Span);
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    [LoggerMessage(EventId = 242, Level = LogLevel.Warning, Message = "{Server} did not list its {What}; what was known of them stays: {Reason}")]
    private partial void LogNotListed(string server, OfferingChange what, string reason);

    [LoggerMessage(EventId = 243, Level = LogLevel.Warning, Message = "What {Server} offers is found without the embedding generator until it works again: {Reason}")]
    private partial void LogNotEmbedded(string server, string reason);
}
