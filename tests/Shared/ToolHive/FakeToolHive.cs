using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Shared.ToolHive;

/// <summary>
/// A stateful ToolHive on a real loopback port: workloads, registry, groups, clients, secrets, skills and plugins live in memory and
/// change through the API as they do in ToolHive. Errors are plain text, lists may be null, background work finishes a moment later.
/// </summary>
public sealed class FakeToolHive : IAsyncDisposable
{
    private readonly LoopbackServer _server;

    private FakeToolHive() => _server = new LoopbackServer(Map);

    /// <summary>Lock for <see cref="Workloads"/> and the other collections.</summary>
    public Lock Gate { get; } = new();

    /// <summary>What arrived.</summary>
    public RequestJournal Journal => _server.Journal;

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults => _server.Faults;

    /// <summary>Address of the API.</summary>
    public Uri BaseAddress => new($"http://127.0.0.1:{Port}/");

    /// <summary>Port of the last start.</summary>
    public int Port => _server.Port;

    /// <summary>Version it reports.</summary>
    public string Version { get; set; } = "v0.44.0";

    /// <summary>Nonce in the health answer.</summary>
    public string Nonce { get; set; } = Guid.NewGuid().ToString("N");

    /// <summary>Token it wants; null for none.</summary>
    public string? RequiredToken { get; set; }

    /// <summary>Whether the container runtime answers.</summary>
    public bool IsHealthy { get; set; } = true;

    /// <summary>
    /// Called when a workload is created or restarted; may set its <see cref="FakeWorkload.Url"/> to a real MCP server.
    /// The workload is <c>starting</c> until it returns, then <c>running</c>. A failure makes it <c>error</c>.
    /// </summary>
    public Func<FakeWorkload, Task>? OnStart { get; set; }

    /// <summary>Workloads by name.</summary>
    public SortedDictionary<string, FakeWorkload> Workloads { get; } = new(StringComparer.Ordinal);

    /// <summary>Registry entries by name.</summary>
    public SortedDictionary<string, FakeRegistryEntry> Registry { get; } = new(StringComparer.Ordinal);

    /// <summary>Groups by name.</summary>
    public SortedDictionary<string, FakeGroup> Groups { get; } = new(StringComparer.Ordinal) { ["default"] = new FakeGroup("default") };

    /// <summary>Registered AI clients: groups by client.</summary>
    public SortedDictionary<string, SortedSet<string>> Clients { get; } = new(StringComparer.Ordinal);

    /// <summary>Secrets by name; null when no provider is set up.</summary>
    public SortedDictionary<string, string>? Secrets { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Starts a fake.</summary>
    /// <param name="port">Port; 0 for a free one.</param>
    /// <param name="socketPath">Unix socket to listen on instead.</param>
    public static async Task<FakeToolHive> StartAsync(int port = 0, string? socketPath = null)
    {
        FakeToolHive fake = new();
        await fake._server.StartAsync(port, socketPath);
        return fake;
    }

    /// <summary>Adds a running container workload.</summary>
    public FakeWorkload AddWorkload(string name, string url = "http://127.0.0.1:1/mcp", Action<FakeWorkload>? configure = null)
    {
        FakeWorkload workload = new() { Name = name, Url = url };
        configure?.Invoke(workload);
        lock (Gate)
        {
            Workloads[name] = workload;
            Groups.TryAdd(workload.Group, new FakeGroup(workload.Group));
        }

        return workload;
    }

    /// <summary>Adds a running workload for a remote server.</summary>
    public FakeWorkload AddRemoteWorkload(string name, string url, string remoteUrl, Action<FakeWorkload>? configure = null) =>
        AddWorkload(name, url, workload =>
    {
        workload.Remote = true;
        workload.RemoteUrl = remoteUrl;
        workload.TransportType = "streamable-http";
        workload.StartedAt = "0001-01-01T00:00:00Z";
        configure?.Invoke(workload);
    });

    /// <summary>Takes a workload away, as if somebody else had removed it.</summary>
    public void RemoveWorkload(string name)
    {
        lock (Gate)
        {
            Workloads.Remove(name);
        }
    }

    /// <summary>Adds a registry entry.</summary>
    public FakeRegistryEntry AddRegistryEntry(FakeRegistryEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (Gate)
        {
            Registry[entry.Name] = entry;
        }

        return entry;
    }

    /// <summary>Takes a registry entry away.</summary>
    public void RemoveRegistryEntry(string name)
    {
        lock (Gate)
        {
            Registry.Remove(name);
        }
    }

    /// <summary>Stops; requests under way break off, the state stays.</summary>
    public Task StopAsync() => _server.StopAsync();

    /// <summary>Starts again after a stop, with the same state and a new nonce.</summary>
    public async Task StartAgainAsync(int port = 0)
    {
        Nonce = Guid.NewGuid().ToString("N");
        await _server.StartAsync(port);
    }

    /// <summary>Stops and starts on another port; the state stays.</summary>
    /// <returns>The new port.</returns>
    public async Task<int> RestartOnNewPortAsync()
    {
        int old = Port;
        await StopAsync();
        await StartAgainAsync();
        if (Port == old)
        {
            // The system gave the same port again: hold it while taking another.
            await using FakeToolHive holder = await StartAsync();
            await StopAsync();
            await StartAgainAsync();
        }

        return Port;
    }

    /// <summary>Writes the discovery file that a real ToolHive would write.</summary>
    /// <param name="path">Where.</param>
    /// <param name="nonce">Nonce in the file; null for the true one.</param>
    /// <param name="url">Address in the file; null for the true one.</param>
    public void WriteDiscoveryFile(string path, string? nonce = null, string? url = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string written = path + ".new";
        File.WriteAllText(written, new JsonObject
        {
            ["url"] = url ?? $"http://127.0.0.1:{Port}",
            ["pid"] = Environment.ProcessId,
            ["nonce"] = nonce ?? Nonce,
            ["started_at"] = "2026-01-01T00:00:00Z",
        }.ToJsonString());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(written, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Move(written, path, overwrite: true);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Sets a workload going the way ToolHive does: at once <c>starting</c>, later <c>running</c>.</summary>
    internal void Start(FakeWorkload workload)
    {
        workload.Status = "starting";
        _ = Task.Run(async () =>
        {
            try
            {
                await (OnStart?.Invoke(workload) ?? Task.CompletedTask);
                workload.Status = "running";
            }
            catch (Exception e)
            {
                workload.StatusContext = e.Message;
                workload.Status = "error";
            }
        });
    }

    private void Map(WebApplication app)
    {
        app.Use((context, next) =>
        {
            bool isOpen = context.Request.Path.StartsWithSegments("/health");
            return RequiredToken is null || isOpen || context.Request.Headers.Authorization == $"Bearer {RequiredToken}"
                ? next(context)
                : context.ErrorAsync(401, "Unauthorized");
        });
        SystemRoutes.Map(app, this);
        WorkloadRoutes.Map(app, this);
        RegistryRoutes.Map(app, this);
        CatalogRoutes.Map(app, this);
        GroupRoutes.Map(app, this);
        ClientRoutes.Map(app, this);
        SecretRoutes.Map(app, this);
        ArtifactRoutes.Map(app, "skills", "skill");
        ArtifactRoutes.Map(app, "plugins", "plugin");
    }
}
