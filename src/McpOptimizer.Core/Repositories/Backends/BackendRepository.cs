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
    public BackendStatus? StatusOf(string serverName) => pool.StatusOf(serverName);

    /// <inheritdoc/>
    public Task WaitForRoomAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return pool.WaitForRoomAsync(endpoint, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<BackendToolList> ListToolsAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default) => ListToolsAsync(endpoint, known: null, cancellationToken);

    /// <inheritdoc/>
    public async Task<BackendToolList> ListToolsAsync(BackendEndpoint endpoint, string? known, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return await RunAsync(endpoint, CallContext.None, BackendOperation.ListTools, async (session, request) =>
        {
            List<string> remarks = [];
            request.Listing = new ListingMark(known, session.Instructions, session.ProtocolVersion);
            List<JsonNode?> raw = session.Capabilities.Tools is null ? [] : await ListAsync(session, request, "tools/list", "tools", remarks).ConfigureAwait(false);
            if (request.Listing is { IsKnown: true })
            {
                return new BackendToolList { Tools = [], Mark = known };
            }

            List<ToolDefinition> tools = ToolDefinitions.Read(raw, remarks);
            tools.RemoveAll(tool => endpoint.Tools?.Offers(tool.Name) == false);
            tools.RemoveAll(tool =>
            {
                string? fault = session.Know(tool.Name, tool.Json);
                if (fault is not null)
                {
                    remarks.Add($"Tool '{VisibleText.Shorten(tool.Name)}' is left out, as the protocol demands: \"x-mcp-header\" in its schema is not valid. {VisibleText.Shorten(fault, 500)}");
                }

                return fault is not null;
            });
            return new BackendToolList
            {
                Tools = tools,
                Instructions = session.Instructions,
                ServerTitle = session.ServerInfo?.Title ?? session.ServerInfo?.Name,
                ServerVersion = session.ServerInfo?.Version,
                Remarks = remarks,
                Mark = request.Listing?.Value,
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

        JsonObject result = await RunAsync(endpoint, context, BackendOperation.Call, (session, request) =>
        {
            if (session.Know(toolName, definition) is { } fault)
            {
                throw new BackendException(
                    endpoint.ServerName, BackendFailure.ProtocolError, $"The protocol forbids to call '{toolName}' of server '{endpoint.ServerName}': \"x-mcp-header\" in its schema is not valid. {fault}");
            }

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
        return RunAsync(endpoint, context, BackendOperation.Read, (session, request) =>
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
        return RunAsync(endpoint, context, BackendOperation.Read, (session, request) =>
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
        BackendEndpoint endpoint, CallContext context, BackendOperation kind, Func<BackendSession, BackendRequest, Task<T>> operation, CancellationToken cancellationToken) =>
        pool.Get(endpoint, context).RunAsync(operation, context, kind, endpoint.Timeout, cancellationToken);

    private Task<IReadOnlyList<BackendItem>> ListItemsAsync(
        BackendEndpoint endpoint, string method, string member, string? uriMember, Func<BackendSession, bool> offered, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return RunAsync(endpoint, CallContext.None, BackendOperation.Read, async (session, request) =>
        {
            List<JsonNode?> raw = offered(session) ? await ListAsync(session, request, method, member, []).ConfigureAwait(false) : [];
            return ToolDefinitions.ReadItems(raw, uriMember);
        }, cancellationToken);
    }

    private async Task<List<JsonNode?>> ListAsync(
        BackendSession session, BackendRequest request, string method, string member, List<string> remarks)
    {
        List<JsonNode?> items = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        JsonValue? cursor = null;
        for (int page = 1; ; page++)
        {
            JsonObject parameters = cursor is null ? [] : new JsonObject { ["cursor"] = cursor.DeepClone() };
            JsonObject result = await session.SendAsync(method, parameters, request).ConfigureAwait(false);
            items.AddRange(result[member] as JsonArray ?? []);
            cursor = Cursor(result["nextCursor"]);
            if (cursor is not null)
            {
                // One page says nothing about the others.
                request.Listing = null;
            }

            if (items.Count > _settings.MaxListedItems || (items.Count == _settings.MaxListedItems && cursor is not null))
            {
                remarks.Add($"The server lists more than {_settings.MaxListedItems} {member} (Backends.MaxListedItems); the first {_settings.MaxListedItems} are taken.");
                items.RemoveRange(_settings.MaxListedItems, items.Count - _settings.MaxListedItems);
                return items;
            }

            if (cursor is null)
            {
                return items;
            }

            if (!seen.Add(cursor.ToJsonString()))
            {
                // Asking on would go round in circles; everything it has to say was said.
                remarks.Add($"The listing repeats the page mark '{VisibleText.Shorten(cursor.ToString())}'; it was taken as complete after {page} pages.");
                return items;
            }

            if (page >= _settings.MaxListPages)
            {
                remarks.Add($"The server lists its {member} on more than {_settings.MaxListPages} pages (Backends.MaxListPages); those on the first {_settings.MaxListPages} are taken.");
                return items;
            }
        }
    }

    // The protocol says text; servers that count pages send numbers, and want them back as such.
    private static JsonValue? Cursor(JsonNode? next) => next is JsonValue value && value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>().Length > 0,
        JsonValueKind.Number => true,
        _ => false,
    }
        ? value
        : null;
}
