using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Services.Definitions;

namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>Backends whose tools a test sets. Real backends are tested in the Backends folder; here ingestion is.</summary>
public sealed class FakeBackends : IBackendRepository
{
    private readonly ConcurrentDictionary<string, Func<CancellationToken, Task<IReadOnlyList<ToolDefinition>>>> _listings = new();

    public int Listings => _count;

    /// <summary>Instructions by server.</summary>
    public ConcurrentDictionary<string, string> Instructions { get; } = new();

    /// <summary>Remarks on each listing by server.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<string>> Remarks { get; } = new();

    /// <summary>Makes the mark of each listing; null for one that follows from what is listed.</summary>
    public Func<string>? Mark { get; set; }

    /// <summary>Prompts by server.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<BackendItem>> Prompts { get; } = new();

    /// <summary>Resources by server.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<BackendItem>> Resources { get; } = new();

    /// <summary>Resource templates by server.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<BackendItem>> Templates { get; } = new();

    /// <summary>What every call answers; null for the tool's name.</summary>
    public string? Answer { get; set; }

    /// <summary>What a call answers, from its arguments and its caller; null for <see cref="Answer"/>.</summary>
    public Func<JsonElement, CallContext, JsonObject>? Respond { get; set; }

    /// <summary>Arguments of the calls that arrived, as JSON.</summary>
    public ConcurrentQueue<string> Arguments { get; } = new();

    /// <summary>Calls that arrived, as <c>server/tool</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public IReadOnlyList<BackendStatus> Status
    {
        get
        {
            BackendStatus[] status = [.. Connecting.Keys.Select(server => new BackendStatus { ServerName = server, State = BackendState.Connecting })];
            StatusAsked?.Invoke();
            return status;
        }
    }

    /// <summary>Told after each look at the states.</summary>
    public Action? StatusAsked { get; set; }

    /// <summary>Servers whose connection is coming up.</summary>
    public ConcurrentDictionary<string, byte> Connecting { get; } = new();

    private int _count;
    private int _known;

    public void Set(string server, params ToolDefinition[] tools) => _listings[server] = _ => Task.FromResult<IReadOnlyList<ToolDefinition>>(tools);

    public void Set(string server, params string[] tools) => Set(server, [.. tools.Select(tool => Tool(tool))]);

    public void Fail(string server, Exception failure) => _listings[server] = _ => Task.FromException<IReadOnlyList<ToolDefinition>>(failure);

    public void Hang(string server) => _listings[server] = async token =>
    {
        await Task.Delay(Timeout.Infinite, token);
        return [];
    };

    /// <summary>Told of each listing.</summary>
    public Action<string>? Asked { get; set; }

    /// <summary>Fails once, then answers as soon as the gate is open.</summary>
    public void FailThenWait(string server, Exception failure, Task gate, params string[] tools) => _listings[server] = _ =>
    {
        Wait(server, gate, tools);
        return Task.FromException<IReadOnlyList<ToolDefinition>>(failure);
    };

    /// <summary>Answers as soon as the gate is open.</summary>
    public void Wait(string server, Task gate, params string[] tools) => _listings[server] = async token =>
    {
        await gate.WaitAsync(token);
        return [.. tools.Select(tool => Tool(tool))];
    };

    public static ToolDefinition Tool(string name, string? description = null, string schema = """{"type":"object"}""")
    {
        description ??= $"Does {name}. In full.";
        string json = $$"""{"name":{{JsonSerializer.Serialize(name)}},"description":{{JsonSerializer.Serialize(description)}},"inputSchema":{{schema}}}""";
        return new ToolDefinition { Name = name, Description = description, Json = System.Text.Encoding.UTF8.GetBytes(json) };
    }

    public async Task<BackendToolList> ListToolsAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _count);
        Asked?.Invoke(endpoint.ServerName);
        return _listings.TryGetValue(endpoint.ServerName, out Func<CancellationToken, Task<IReadOnlyList<ToolDefinition>>>? listing)
            ? new BackendToolList { Tools = await listing(cancellationToken), Instructions = Instructions.GetValueOrDefault(endpoint.ServerName) }
            : throw new InvalidOperationException($"No test says what {endpoint.ServerName} lists.");
    }

    /// <summary>Listings that were answered by their mark alone.</summary>
    public int KnownListings => _known;

    public async Task<BackendToolList> ListToolsAsync(BackendEndpoint endpoint, string? known, CancellationToken cancellationToken = default)
    {
        BackendToolList list = await ListToolsAsync(endpoint, cancellationToken);
        string mark = Mark?.Invoke() ?? ToolHasher.HashListing("", list.Tools, list.Instructions);
        if (mark == known)
        {
            Interlocked.Increment(ref _known);
            return new BackendToolList { Tools = [], Mark = mark };
        }

        return new BackendToolList { Tools = list.Tools, Instructions = list.Instructions, Mark = mark, Remarks = Remarks.GetValueOrDefault(endpoint.ServerName, []) };
    }

    public Task<BackendCallResult> CallToolAsync(
        BackendEndpoint endpoint, string toolName, JsonElement arguments, CallContext context, ReadOnlyMemory<byte> definition = default, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue($"{endpoint.ServerName}/{toolName}");
        Arguments.Enqueue(arguments.GetRawText());
        if (Respond is { } respond)
        {
            return Task.FromResult(new BackendCallResult { Json = respond(arguments, context) });
        }

        return Task.FromResult(new BackendCallResult { Json = new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = Answer ?? $"{endpoint.ServerName}/{toolName}" }) } });
    }

    public Task<IReadOnlyList<BackendItem>> ListResourcesAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default) => Task.FromResult(Resources.GetValueOrDefault(endpoint.ServerName, []));

    public Task<IReadOnlyList<BackendItem>> ListResourceTemplatesAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default) => Task.FromResult(Templates.GetValueOrDefault(endpoint.ServerName, []));

    public Task<JsonObject> ReadResourceAsync(BackendEndpoint endpoint, string uri, CallContext context, CancellationToken cancellationToken = default) => Task.FromResult(new JsonObject());

    public Task<IReadOnlyList<BackendItem>> ListPromptsAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default) => Task.FromResult(Prompts.GetValueOrDefault(endpoint.ServerName, []));

    public Task<JsonObject> GetPromptAsync(
        BackendEndpoint endpoint, string promptName, IReadOnlyDictionary<string, string> arguments, CallContext context, CancellationToken cancellationToken = default) => Task.FromResult(new JsonObject());

    public Task LoginAsync(BackendEndpoint endpoint, Func<Uri, CancellationToken, Task> show, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public async IAsyncEnumerable<BackendChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield break;
    }

    public void Retain(IEnumerable<BackendEndpoint> endpoints)
    {
    }
}
