using System.Text.Json;
using McpOptimizer.PostgreSql.Tests.Fixtures;
using Npgsql;
using Shared.Backends;
using Shared.Testing;

namespace McpOptimizer.PostgreSql.Tests.Replicas;

/// <summary>Replicas as processes on one database, with one server behind all of them that is reached by address.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ServerProcess> _replicas = [];
    private readonly PostgreSqlServer _database;
    private readonly string _schema = "f" + Guid.NewGuid().ToString("N");

    private Fleet(PostgreSqlServer database, StubHttpBackend backend)
    {
        _database = database;
        Backend = backend;
        database.Execute($"CREATE SCHEMA {_schema}");
        SetServers("shared");
    }

    public StubHttpBackend Backend { get; }

    public string Folder => _folder.FullPath;

    public string ServersFile => _folder.Combine("servers.json");

    public string ConnectionString => On(_database.Port);

    public static async Task<Fleet> StartAsync(PostgreSqlServer database) => new(database, await StubHttpBackend.StartAsync());

    public string On(params int[] ports) => new NpgsqlConnectionStringBuilder(_database.ConnectionString)
    {
        Host = string.Join(',', ports.Select(port => $"127.0.0.1:{port}")),
        SearchPath = _schema,
        Timeout = 2,
        CommandTimeout = 3,
        MaxPoolSize = 10,
    }.ConnectionString;

    /// <summary>Says which servers there are; all of them are the one backend.</summary>
    public void SetServers(params string[] names)
    {
        string draft = ServersFile + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(new { mcpServers = names.ToDictionary(name => name, _ => new { url = Backend.Url.ToString() }) }));
        File.Move(draft, ServersFile, overwrite: true);
    }

    public async Task<ServerProcess> AddAsync(string name, string? connectionString = null, IReadOnlyDictionary<string, string>? settings = null, int port = 0)
    {
        ServerProcess replica = await ServerProcess.StartAsync(name, connectionString ?? ConnectionString, ServersFile, Folder, settings, port);
        _replicas.Add(replica);
        return replica;
    }

    /// <summary>Waits until a replica lists this many servers.</summary>
    public static Task WaitForServersAsync(ServerProcess replica, int servers) => Eventually.IsAsync(
        async () => (await replica.ToolsAsync()).Select(tool => tool.Split('/')[0]).Distinct().Count() == servers, $"{servers} servers on {replica.Name}");

    public object? Scalar(string sql) => ScalarOn(_database, sql);

    public object? ScalarOn(PostgreSqlServer database, string sql) => database.Scalar($"SET search_path = {_schema}; {sql}");

    public async ValueTask DisposeAsync()
    {
        foreach (ServerProcess replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        await Backend.DisposeAsync();
        _folder.Dispose();
    }
}
