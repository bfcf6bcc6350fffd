using System.Text.Json;
using McpOptimizer.PostgreSql.Tests.Fixtures;
using McpOptimizer.PostgreSql.Tests.Replicas;
using Npgsql;
using Shared.Backends;

namespace Benchmarks.Replicas;

/// <summary>Replicas as processes behind nginx, on a database of their own, with one backend that they share under several names.</summary>
internal sealed class ReplicaSet : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("replicas");
    private readonly StubHttpBackend _backend;
    private readonly int[] _ports;
    private readonly ServerProcess?[] _replicas;
    private NginxProcess? _nginx;

    private ReplicaSet(StubHttpBackend backend, int replicas)
    {
        _backend = backend;
        _ports = [.. Enumerable.Range(0, replicas).Select(_ => NginxProcess.FreePort())];
        _replicas = new ServerProcess?[replicas];
    }

    public int Count => _replicas.Length;

    /// <summary>Where clients go: nginx where there are several, else the one.</summary>
    public Uri Address => _nginx?.Address ?? _replicas[0]!.Address;

    public string? ConnectionString { get; private set; }

    public IEnumerable<ServerProcess> Replicas => _replicas.OfType<ServerProcess>();

    /// <summary>Environment variables of the replicas.</summary>
    private IReadOnlyDictionary<string, string>? Settings { get; init; }

    private string ServersFile => Path.Combine(_folder.FullName, "servers.json");

    /// <param name="replicas">How many.</param>
    /// <param name="database">Where they store; null for SQLite.</param>
    /// <param name="servers">Names of servers.</param>
    /// <param name="settings">Environment variables of the replicas.</param>
    public static async Task<ReplicaSet> StartAsync(int replicas, PostgreSqlServer? database, IEnumerable<string> servers, IReadOnlyDictionary<string, string>? settings = null)
    {
        ReplicaSet set = new(await StubHttpBackend.StartAsync(), replicas) { Settings = settings };
        set.SetServers(servers);
        if (database is not null)
        {
            string schema = "b" + Guid.NewGuid().ToString("N");
            database.Execute($"CREATE SCHEMA {schema}");
            set.ConnectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString) { SearchPath = schema }.ConnectionString;
        }

        for (int i = 0; i < replicas; i++)
        {
            await set.StartAsync(i);
        }

        if (replicas > 1)
        {
            set._nginx = await NginxProcess.StartAsync(set._ports);
        }

        return set;
    }

    public void SetServers(IEnumerable<string> names)
    {
        string draft = ServersFile + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(new { mcpServers = names.ToDictionary(name => name, _ => new { url = _backend.Url.ToString() }) }));
        File.Move(draft, ServersFile, overwrite: true);
    }

    /// <summary>Starts the replica of a place.</summary>
    public async Task StartAsync(int at) => _replicas[at] = await ServerProcess.StartAsync($"replica-{at + 1}", ConnectionString, ServersFile, _folder.FullName, Settings, _ports[at]);

    /// <summary>Kills it, as <c>kill -9</c> does.</summary>
    public async Task KillAsync(int at)
    {
        if (_replicas[at] is { } replica)
        {
            _replicas[at] = null;
            await replica.DisposeAsync();
        }
    }

    /// <summary>Waits until every replica lists so many servers.</summary>
    public async Task WaitForAsync(int servers, CancellationToken cancellationToken)
    {
        foreach (ServerProcess replica in Replicas)
        {
            while ((await replica.ToolsAsync()).Select(tool => tool.Split('/')[0]).Distinct().Count() != servers)
            {
                await Task.Delay(20, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null)
        {
            await _nginx.DisposeAsync();
        }

        for (int i = 0; i < _replicas.Length; i++)
        {
            await KillAsync(i);
        }

        await _backend.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
