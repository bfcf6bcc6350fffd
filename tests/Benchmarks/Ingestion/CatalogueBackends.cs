using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Benchmarks.Search;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Repositories.Backends;

namespace Benchmarks.Ingestion;

/// <summary>Answers tools/list from memory, so that the benchmark times ingestion and not somebody's server.</summary>
internal sealed class CatalogueBackends : IBackendRepository
{
    private readonly Dictionary<string, BackendToolList> _lists;

    public CatalogueBackends(SyntheticCatalogue catalogue, int servers) => _lists = Enumerable.Range(0, servers).ToDictionary(
        CatalogueSource.NameOf,
        server => new BackendToolList
        {
            Tools = [.. catalogue.Server(server).Tools.Select(tool => new ToolDefinition { Name = tool.Name, Title = tool.Title, Description = tool.Description, Json = tool.DefinitionJson })],
        });

    public IReadOnlyList<BackendStatus> Status => [];

    public Task<BackendToolList> ListToolsAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default) => Task.FromResult(_lists[endpoint.ServerName]);

    public Task<BackendCallResult> CallToolAsync(
        BackendEndpoint endpoint, string toolName, JsonElement arguments, CallContext context, ReadOnlyMemory<byte> definition = default, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The benchmark calls no tool.");

    public Task<IReadOnlyList<BackendItem>> ListResourcesAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<BackendItem>>([]);

    public Task<IReadOnlyList<BackendItem>> ListResourceTemplatesAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<BackendItem>>([]);

    public Task<JsonObject> ReadResourceAsync(BackendEndpoint endpoint, string uri, CallContext context, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The benchmark reads no resource.");

    public Task<IReadOnlyList<BackendItem>> ListPromptsAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<BackendItem>>([]);

    public Task<JsonObject> GetPromptAsync(
        BackendEndpoint endpoint, string promptName, IReadOnlyDictionary<string, string> arguments, CallContext context, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The benchmark renders no prompt.");

    public Task LoginAsync(BackendEndpoint endpoint, Func<Uri, CancellationToken, Task> show, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The benchmark logs in nowhere.");

    public async IAsyncEnumerable<BackendChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield break;
    }

    public void Retain(IEnumerable<BackendEndpoint> endpoints)
    {
    }
}
