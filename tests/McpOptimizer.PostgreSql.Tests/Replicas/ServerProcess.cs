using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace McpOptimizer.PostgreSql.Tests.Replicas;

/// <summary>A replica as it is run: the server's program on the shared database, reached over HTTP.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly OptimizerProcess _server;

    private ServerProcess(string name, OptimizerProcess server, Uri address)
    {
        Name = name;
        _server = server;
        Address = address;
        Client = new SessionlessClient(address);
    }

    public string Name { get; }

    public Process Process => _server.Process;

    public string Log => _server.Log;

    public Uri Address { get; }

    public SessionlessClient Client { get; }

    /// <summary>Starts a replica and waits until it listens.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="connectionString">The database; null for a SQLite file of its own.</param>
    /// <param name="serversFile">The servers behind it.</param>
    /// <param name="folder">Where its own files go.</param>
    /// <param name="settings">Further environment variables.</param>
    /// <param name="port">Where it listens; 0 for a free one.</param>
    public static async Task<ServerProcess> StartAsync(string name, string? connectionString, string serversFile, string folder, IReadOnlyDictionary<string, string>? settings = null, int port = 0)
    {
        string own = Path.Combine(folder, name);
        Directory.CreateDirectory(own);
        Dictionary<string, string> environment = new()
        {
            ["XDG_DATA_HOME"] = own,
            ["HOME"] = own,
            ["McpOptimizer__Replica__ReplicaName"] = name,
            ["McpOptimizer__Ingestion__WorkloadPollingInterval"] = "00:00:01",
            ["McpOptimizer__Ingestion__RegistryHeadStart"] = "00:00:00",
            ["McpOptimizer__Trust__Policy"] = "Off",
            ["DOTNET_TieredPGO"] = "0",
        };
        if (connectionString is not null)
        {
            environment["DATABASE_URL"] = connectionString;
        }

        foreach ((string key, string value) in settings ?? new Dictionary<string, string>())
        {
            environment[key] = value;
        }

        string url = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
        (OptimizerProcess server, Uri address) = await OptimizerProcess.StartAsync(folder, environment, "serve", "--urls", url, "--servers", serversFile);
        return new ServerProcess(name, server, address);
    }

    public Task<JsonNode> CallAsync(string tool, object arguments) => Client.CallAsync(tool, arguments);

    public async Task<string[]> ToolsAsync()
    {
        JsonNode result = await CallAsync("list_tools", new { });
        return [.. result["structuredContent"]!["result"]!.AsArray().Select(tool => $"{tool!["mcp_server_name"]}/{tool["name"]}").Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether searching and calling work, of what is in memory.</summary>
    public async Task<bool> FindsAndCallsAsync(string server, string tool)
    {
        JsonNode found = await CallAsync("find_tool", new { tool_description = tool });
        JsonNode called = await CallAsync("call_tool", new { server_name = server, tool_name = tool, parameters = new { text = "hello" } });
        return found["structuredContent"]!["tools"]!.AsArray().Count > 0 && called["isError"]?.GetValue<bool>() != true;
    }

    public Task<string> ReadyAsync() => Client.ReadyAsync();

    public async Task<bool> LeadsAsync() => (await ReadyAsync()).Contains($"{Name} takes servers in", StringComparison.Ordinal);

    public void Signal(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", Process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Client.Dispose();
    }
}
