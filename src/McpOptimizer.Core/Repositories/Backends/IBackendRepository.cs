using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core.Repositories.Backends;

/// <summary>
/// The backend MCP servers. One session (and, for stdio, one process) serves all callers of an endpoint; it is opened when first needed and again when lost.
/// Every method throws <see cref="BackendException"/> with a sentence for the caller when the backend fails, and never sends a call twice unless the first one provably did not arrive.
/// </summary>
public interface IBackendRepository
{
    /// <summary>How the connections stand, by server name. Backends that were never contacted are not among them.</summary>
    IReadOnlyList<BackendStatus> Status { get; }

    /// <summary>How the connection to one server stands; null when it was never contacted.</summary>
    BackendStatus? StatusOf(string serverName) => Status.FirstOrDefault(status => status.ServerName == serverName);

    /// <summary>Waits, for as long as it takes, until a session of an endpoint is open or another may be opened: who asks many servers waits outside of their operations' time.</summary>
    Task WaitForRoomAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>Lists all tools, over all pages.</summary>
    Task<BackendToolList> ListToolsAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default);

    /// <summary>Lists all tools, over all pages, unless the backend lists what it listed before.</summary>
    /// <param name="endpoint">The backend.</param>
    /// <param name="known"><see cref="BackendToolList.Mark"/> of an earlier listing; null for none.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>A list with the same mark, and then without tools, when nothing changed since; the whole list otherwise.</returns>
    Task<BackendToolList> ListToolsAsync(BackendEndpoint endpoint, string? known, CancellationToken cancellationToken = default) => ListToolsAsync(endpoint, cancellationToken);

    /// <summary>Calls a tool. A tool's own error is a result with <c>isError</c>, not an exception.</summary>
    /// <param name="endpoint">The backend.</param>
    /// <param name="toolName">The tool's name there.</param>
    /// <param name="arguments">Its arguments: an object, or undefined for none.</param>
    /// <param name="context">Who calls and what can be asked of them.</param>
    /// <param name="definition">The tool's definition as listed, UTF-8 JSON; needed where arguments travel as HTTP headers, empty when not known.</param>
    /// <param name="cancellationToken">Cancels the call at the backend too.</param>
    Task<BackendCallResult> CallToolAsync(
        BackendEndpoint endpoint, string toolName, JsonElement arguments, CallContext context, ReadOnlyMemory<byte> definition = default, CancellationToken cancellationToken = default);

    /// <summary>Lists all resources, over all pages; empty when the server has none.</summary>
    Task<IReadOnlyList<BackendItem>> ListResourcesAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default);

    /// <summary>Lists all resource templates, over all pages; empty when the server has none.</summary>
    Task<IReadOnlyList<BackendItem>> ListResourceTemplatesAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default);

    /// <summary>Reads a resource.</summary>
    /// <returns>The MCP <c>ReadResourceResult</c> as the backend sent it.</returns>
    Task<JsonObject> ReadResourceAsync(BackendEndpoint endpoint, string uri, CallContext context, CancellationToken cancellationToken = default);

    /// <summary>Lists all prompts, over all pages; empty when the server has none.</summary>
    Task<IReadOnlyList<BackendItem>> ListPromptsAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default);

    /// <summary>Renders a prompt.</summary>
    /// <returns>The MCP <c>GetPromptResult</c> as the backend sent it.</returns>
    Task<JsonObject> GetPromptAsync(
        BackendEndpoint endpoint, string promptName, IReadOnlyDictionary<string, string> arguments, CallContext context, CancellationToken cancellationToken = default);

    /// <summary>Logs in to a backend with OAuth, with a person's help, and stores the tokens for all later connections.</summary>
    /// <param name="endpoint">The backend.</param>
    /// <param name="show">Given the address that the person opens in a browser on this machine.</param>
    /// <param name="cancellationToken">Gives up; what was stored before stays.</param>
    Task LoginAsync(BackendEndpoint endpoint, Func<Uri, CancellationToken, Task> show, CancellationToken cancellationToken = default);

    /// <summary>Changes that backends tell of while they are connected, from now on. Also told when a backend was connected to anew.</summary>
    IAsyncEnumerable<BackendChange> WatchAsync(CancellationToken cancellationToken = default);

    /// <summary>Closes, in the background, the sessions that none of these endpoints needs. What is under way there may end.</summary>
    void Retain(IEnumerable<BackendEndpoint> endpoints);
}
