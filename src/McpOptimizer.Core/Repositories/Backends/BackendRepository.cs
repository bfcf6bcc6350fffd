using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Clients.Backends;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Repositories.Backends;

/// <summary>Reads listings page by page and keeps everything else as the backend sent it.</summary>
internal sealed class BackendRepository(BackendPool pool, OAuthLogin login, IOptions<McpOptimizerOptions> options) : IBackendRepository
{
    private readonly BackendSettings _settings = options.Value.Backends;

    /// <inheritdoc/>
    public IReadOnlyList<BackendStatus> Status => pool.Status;

    /// <inheritdoc/>
    public async Task<BackendToolList> ListToolsAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return await RunAsync(endpoint, CallContext.None, repeatable: true, async (session, request) =>
        {
            List<string> remarks = [];
            List<JsonNode?> raw = session.Capabilities.Tools is null ? [] : await ListAsync(session, request, endpoint, "tools/list", "tools", remarks).ConfigureAwait(false);
            List<ToolDefinition> tools = ToolDefinitions.Read(raw, remarks);
            tools.RemoveAll(tool => endpoint.Tools?.Offers(tool.Name) == false);
            tools.ForEach(tool => session.Know(tool.Name, tool.Json));
            return new BackendToolList
            {
                Tools = tools,
                Instructions = session.Instructions,
                ServerTitle = session.ServerInfo?.Title ?? session.ServerInfo?.Name,
                ServerVersion = session.ServerInfo?.Version,
                Remarks = remarks,
            };
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<BackendCallResult> CallToolAsync(
        BackendEndpoint endpoint, string toolName, JsonElement arguments, CallContext context, ReadOnlyMemory<byte> definition = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(toolName);
        ArgumentNullException.ThrowIfNull(context);
        if (endpoint.Tools?.Offers(toolName) == false)
        {
            // Between an edit of the file and the next look the catalogue still has the tool.
            throw new BackendException(endpoint.ServerName, BackendFailure.InvalidEndpoint, $"The server '{endpoint.ServerName}' does not offer the tool '{VisibleText.Shorten(toolName)}': its entry switches it off.");
        }

        JsonObject result = await RunAsync(endpoint, context, repeatable: false, (session, request) =>
        {
            session.Know(toolName, definition);
            JsonObject parameters = Parameters(context);
            parameters["name"] = toolName;
            parameters["arguments"] = arguments.ValueKind == JsonValueKind.Object ? JsonObject.Create(arguments) : new JsonObject();
            return session.SendAsync("tools/call", parameters, request);
        }, cancellationToken).ConfigureAwait(false);
        return new BackendCallResult { Json = result };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BackendItem>> ListResourcesAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default) =>
        ListItemsAsync(endpoint, "resources/list", "resources", "uri", session => session.Capabilities.Resources is not null, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BackendItem>> ListResourceTemplatesAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default) =>
        ListItemsAsync(endpoint, "resources/templates/list", "resourceTemplates", "uriTemplate", session => session.Capabilities.Resources is not null, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BackendItem>> ListPromptsAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default) =>
        ListItemsAsync(endpoint, "prompts/list", "prompts", null, session => session.Capabilities.Prompts is not null, cancellationToken);

    /// <inheritdoc/>
    public Task<JsonObject> ReadResourceAsync(BackendEndpoint endpoint, string uri, CallContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(uri);
        ArgumentNullException.ThrowIfNull(context);
        return RunAsync(endpoint, context, repeatable: true, (session, request) =>
        {
            JsonObject parameters = Parameters(context);
            parameters["uri"] = uri;
            return session.SendAsync("resources/read", parameters, request);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JsonObject> GetPromptAsync(
        BackendEndpoint endpoint, string promptName, IReadOnlyDictionary<string, string> arguments, CallContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(promptName);
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(context);
        return RunAsync(endpoint, context, repeatable: true, (session, request) =>
        {
            JsonObject parameters = Parameters(context);
            parameters["name"] = promptName;
            parameters["arguments"] = new JsonObject(arguments.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
            return session.SendAsync("prompts/get", parameters, request);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task LoginAsync(BackendEndpoint endpoint, Func<Uri, CancellationToken, Task> show, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(show);
        return login.RunAsync(endpoint, show, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<BackendChange> WatchAsync(CancellationToken cancellationToken = default) => pool.WatchAsync(cancellationToken);

    /// <inheritdoc/>
    public void Retain(IEnumerable<BackendEndpoint> endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        pool.Retain(endpoints);
    }

    private static JsonObject Parameters(CallContext context) =>
        context.Meta is { Count: > 0 } meta ? new JsonObject { ["_meta"] = meta.DeepClone() } : [];

    private Task<T> RunAsync<T>(
        BackendEndpoint endpoint, CallContext context, bool repeatable, Func<BackendSession, BackendRequest, Task<T>> operation, CancellationToken cancellationToken) =>
        pool.Get(endpoint, context).RunAsync(operation, context, repeatable, endpoint.Timeout, cancellationToken);

    private Task<IReadOnlyList<BackendItem>> ListItemsAsync(
        BackendEndpoint endpoint, string method, string member, string? uriMember, Func<BackendSession, bool> offered, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return RunAsync(endpoint, CallContext.None, repeatable: true, async (session, request) =>
        {
            List<JsonNode?> raw = offered(session) ? await ListAsync(session, request, endpoint, method, member, []).ConfigureAwait(false) : [];
            return ToolDefinitions.ReadItems(raw, uriMember);
        }, cancellationToken);
    }

    private async Task<List<JsonNode?>> ListAsync(
        BackendSession session, BackendRequest request, BackendEndpoint endpoint, string method, string member, List<string> remarks)
    {
        List<JsonNode?> items = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        string? cursor = null;
        for (int page = 1; ; page++)
        {
            JsonObject parameters = cursor is null ? [] : new JsonObject { ["cursor"] = cursor };
            JsonObject result = await session.SendAsync(method, parameters, request).ConfigureAwait(false);
            items.AddRange(result[member] as JsonArray ?? []);
            if (items.Count > _settings.MaxListedItems)
            {
                throw TooLarge(endpoint, $"lists more than {_settings.MaxListedItems} {member} (Backends.MaxListedItems)");
            }

            cursor = result["nextCursor"] is JsonValue next && next.TryGetValue(out string? text) ? text : null;
            if (string.IsNullOrEmpty(cursor))
            {
                return items;
            }

            if (!seen.Add(cursor))
            {
                // Asking on would go round in circles; everything it has to say was said.
                remarks.Add($"The listing repeats the page mark '{cursor}'; it was taken as complete after {page} pages.");
                return items;
            }

            if (page >= _settings.MaxListPages)
            {
                throw TooLarge(endpoint, $"lists its {member} on more than {_settings.MaxListPages} pages (Backends.MaxListPages)");
            }
        }
    }

    private static BackendException TooLarge(BackendEndpoint endpoint, string what) =>
        new(endpoint.ServerName, BackendFailure.TooLarge, $"Server '{endpoint.ServerName}' {what}.");
}
