using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace McpOptimizer.PostgreSql.Tests.Replicas;

/// <summary>A replica as it is run: the server's program on the shared database, reached over HTTP.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SessionlessClient? _client;

    private ServerProcess(string name, Process process)
    {
        Name = name;
        Process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("The server ended before it listened:\n" + Log));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    public Process Process { get; }

    public string Log => string.Join('\n', _log);

    public Uri Address => _address.Task.Result;

    public SessionlessClient Client => _client ??= new SessionlessClient(Address);

    /// <summary>Starts a replica and waits until it listens.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="connectionString">The database; null for a SQLite file of its own.</param>
    /// <param name="serversFile">The servers behind it.</param>
    /// <param name="folder">Where its own files go.</param>
    /// <param name="settings">Further environment variables.</param>
    /// <param name="port">Where it listens; 0 for a free one.</param>
    public static async Task<ServerProcess> StartAsync(string name, string? connectionString, string serversFile, string folder, IReadOnlyDictionary<string, string>? settings = null, int port = 0)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };
        foreach (string argument in new[] { Programs.Optimizer, "serve", "--urls", $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", "--servers", serversFile })
        {
            start.ArgumentList.Add(argument);
        }

        if (connectionString is not null)
        {
            start.Environment["DATABASE_URL"] = connectionString;
        }

        start.Environment["XDG_DATA_HOME"] = Path.Combine(folder, name);
        start.Environment["HOME"] = Path.Combine(folder, name);
        start.Environment["McpOptimizer__Replica__ReplicaName"] = name;
        start.Environment["McpOptimizer__Ingestion__WorkloadPollingInterval"] = "00:00:01";
        start.Environment["McpOptimizer__Ingestion__RegistryHeadStart"] = "00:00:00";
        start.Environment["McpOptimizer__Trust__Policy"] = "Off";
        start.Environment["DOTNET_TieredPGO"] = "0";
        Directory.CreateDirectory(Path.Combine(folder, name));
        foreach ((string key, string value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        ServerProcess server = new(name, new Process { StartInfo = start });
        await server._address.Task.WaitAsync(Patience);
        return server;
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
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
            await Process.WaitForExitAsync();
        }

        Process.Dispose();
        _client?.Dispose();
    }

    private void Take(string? line)
    {
        const string listening = "Now listening on: ";
        if (line is null)
        {
            return;
        }

        _log.Enqueue(line);
        if (line.IndexOf(listening, StringComparison.Ordinal) is >= 0 and int at)
        {
            _address.TrySetResult(new Uri(line[(at + listening.Length)..].Trim()));
        }
    }
}
