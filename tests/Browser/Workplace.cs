using System.Text.Json.Nodes;
using Integration.Running;
using Shared.Testing;

namespace Browser;

/// <summary>An optimizer's own folder: servers file, what its stub servers pretend to be, and the process.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    // What a stub server lists of itself, in its order.
    private static readonly string[] Own = ["echo", "pid", "env", "slow", "hang", "flood", "ask", "progress", "crash", "fail", "error", "odd", "grow", "fork"];

    private readonly TemporaryFolder _folder = new();
    private readonly JsonObject _servers = [];
    private OptimizerProcess? _process;

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public string Secret => File.ReadAllText(_folder.Combine("optimizer.db.secret")).Trim();

    /// <summary>Adds a stub server that lists these tools (what it has beyond them keeps its own name).</summary>
    public void Add(string server, params StubTool[] tools)
    {
        string path = _folder.Combine($"{_servers.Count}.json");
        _servers[server] = new JsonObject { ["command"] = "dotnet", ["args"] = new JsonArray(Programs.StubBackend, "--disguise", path) };
        Say(_servers.Count - 1, tools);
    }

    /// <summary>Adds a server that does not start.</summary>
    public void AddDead(string server) => _servers[server] = new JsonObject { ["command"] = "no-such-program" };

    /// <summary>Changes what a stub server lists; the optimizer hears of it.</summary>
    public void Say(int server, params StubTool[] tools)
    {
        JsonObject disguise = new(tools.Index().Select(tool => KeyValuePair.Create<string, JsonNode?>(Own[tool.Index], Describe(tool.Item))));
        File.WriteAllText(_folder.Combine($"{server}.json"), new JsonObject { ["tools"] = disguise }.ToJsonString());
    }

    public async Task StartAsync(IReadOnlyDictionary<string, string>? environment = null)
    {
        string file = _folder.Combine("servers.json");
        await File.WriteAllTextAsync(file, new JsonObject { ["mcpServers"] = _servers }.ToJsonString());
        (_process, Address) = await OptimizerProcess.ServeAsync(_folder.FullPath, environment ?? new Dictionary<string, string>(), "--servers", file);
        using HttpClient http = Http();
        await Eventually.IsAsync(
            async () => JsonNode.Parse(await http.GetStringAsync("/api/overview")) is JsonObject overview && overview["is_looking"]!.GetValue<bool>() is false
                && overview["tools"]!.GetValue<int>() + overview["servers"]!.AsArray().Sum(server => server!["withheld_tools"]!.GetValue<int>()) >= Own.Length * (_servers.Count - Dead()),
            "the servers' tools");

        int Dead() => _servers.Count(server => server.Value!["command"]!.GetValue<string>() != "dotnet");
    }

    /// <summary>A client of the API with the secret.</summary>
    public HttpClient Http()
    {
        HttpClient http = new() { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Secret);
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static JsonObject Describe(StubTool tool) => new()
    {
        ["name"] = tool.Name,
        ["title"] = null,
        ["description"] = tool.Description,
        ["annotations"] = new JsonObject { ["readOnlyHint"] = tool.IsReadOnly },
        ["inputSchema"] = JsonNode.Parse(tool.Schema ?? """{"type":"object","properties":{"text":{"type":"string","description":"What to look for."}}}"""),
    };
}
