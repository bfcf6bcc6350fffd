using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Benchmarks.Ingestion;
using Benchmarks.Search;
using McpOptimizer.PostgreSql.Tests.Fixtures;
using McpOptimizer.PostgreSql.Tests.Replicas;
using Npgsql;

namespace Benchmarks.Large;

/// <summary>The program as it is run, with a large catalogue behind it: what its process takes, and how long each step lasts.</summary>
internal sealed class LargeBenchmark : IBenchmark
{
    private const int ToolsPerServer = 100;
    private const int Searches = 400;
    private const int Polls = 3;
    private const int ServersAPollSecond = 200;
    private const int ManyServers = 1_000;
    private const int Changed = 7;
    private const int ClientWarmUps = 60;

    // Where a process has its own files: the one that starts again finds what it left.
    private const string First = "replica-1";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Watching = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public string Name => "large";

    public string Description => "the running program with 100 tools on each of many servers: ingestion, restart, searches, resident memory [--servers 1000] [--postgres] [--replicas 1]";

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        int servers = Number(args, "--servers", 1_000);
        bool isShared = args.Contains("--postgres");
        int replicas = isShared ? Number(args, "--replicas", 1) : 1;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("large");
        try
        {
            await using CatalogueHost catalogue = await CatalogueHost.StartAsync();
            string file = Path.Combine(folder.FullName, "servers.json");
            await File.WriteAllTextAsync(file, catalogue.ServersFile(servers), cancellationToken);
            using PostgreSqlServer? database = isShared ? PostgreSqlServer.Start() : null;
            LargeRun run = new(catalogue, file, folder.FullName, database is null ? null : WithRoom(database.ConnectionString), servers);
            Console.WriteLine($"| {servers * ToolsPerServer:N0} tools of {servers:N0} servers, {(isShared ? "PostgreSQL" : "SQLite")} | |");
            Console.WriteLine("|---|---:|");
            await run.IngestAsync(cancellationToken);
            await run.RestartAsync(replicas, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    // The first writes of a million rows take longer than a request does.
    private static string WithRoom(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 120 }.ConnectionString;

    private static int Number(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

    private static void Tell(string what, string value) => Console.WriteLine($"| {what} | {value} |");

    private static string Milliseconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:N0} ms");

    private sealed class LargeRun(CatalogueHost catalogue, string serversFile, string folder, string? connectionString, int servers)
    {
        private readonly TimeSpan _interval = TimeSpan.FromSeconds(Math.Max(5, servers / ServersAPollSecond));
        private readonly Dictionary<string, string> _settings = new()
        {
            // As by default, not as tests have them.
            ["McpOptimizer__Trust__Policy"] = "Pin",
            [$"McpOptimizer__Trust__Servers__{CatalogueHost.NameOf(Changed)}__Additions"] = "Trust",
        };

        public async Task IngestAsync(CancellationToken cancellationToken)
        {
            _settings["McpOptimizer__Ingestion__WorkloadPollingInterval"] = _interval.ToString("c", CultureInfo.InvariantCulture);
            if (servers > ManyServers)
            {
                // A session for each, or every poll would open them all anew.
                _settings["McpOptimizer__Backends__MaxSessions"] = servers.ToString(CultureInfo.InvariantCulture);
            }

            await using LogWatch log = new(Path.Combine(folder, First, "mcp-optimizer", "optimizer.db-wal"));
            long start = Stopwatch.GetTimestamp();
            await using ServerProcess server = await StartAsync(First);
            using HttpClient client = new() { BaseAddress = server.Address, Timeout = Patience };
            while (!(await ReadyAsync(client, cancellationToken)).Contains($"{servers} servers stored", StringComparison.Ordinal))
            {
                await Task.Delay(Look, cancellationToken);
            }

            TimeSpan took = Stopwatch.GetElapsedTime(start);
            Tell("first ingestion", string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.0} s, {servers * ToolsPerServer / took.TotalSeconds:N0} tools/s"));
            if (connectionString is null)
            {
                Tell("largest write-ahead log", $"{log.Largest / 1_000_000} MB");
            }

            await TellResidentAsync("resident after it", [server], cancellationToken);

            // The client of this benchmark is compiled at its first calls: after the restart the server alone is measured.
            foreach (string query in SyntheticCatalogue.Queries(ClientWarmUps))
            {
                await server.Client.CallAsync("find_tool", new { tool_description = query, detail = "compact" }, cancellationToken);
            }
        }

        public async Task RestartAsync(int replicas, CancellationToken cancellationToken)
        {
            List<ServerProcess> running = [];
            try
            {
                for (int replica = 1; replica <= replicas; replica++)
                {
                    running.Add(await StartedAsync(replica, cancellationToken));
                }

                await TellResidentAsync("resident after the restart", running, cancellationToken);
                await ChangeAsync(running, cancellationToken);
                await Task.Delay(_interval, cancellationToken);
                TimeSpan[] before = [.. running.Select(ProcessorTime)];
                string written = Written();
                await Task.Delay(_interval * Polls, cancellationToken);
                Tell("processor time of an unchanged poll", string.Join(", ", running.Select((server, at) => Milliseconds((ProcessorTime(server) - before[at]) / Polls))));
                if (written.Length > 0)
                {
                    Tell("rows written by unchanged polls: before, after", $"{written}; {Written()}");
                }
            }
            finally
            {
                foreach (ServerProcess server in running)
                {
                    await server.DisposeAsync();
                }
            }
        }

        private async Task<ServerProcess> StartedAsync(int replica, CancellationToken cancellationToken)
        {
            long start = Stopwatch.GetTimestamp();
            ServerProcess server = await StartAsync(replica == 1 ? First : $"replica-{replica}");
            using HttpClient client = new() { BaseAddress = server.Address, Timeout = Patience };
            while ((await client.GetAsync(new Uri("/ready", UriKind.Relative), cancellationToken)).StatusCode != System.Net.HttpStatusCode.OK)
            {
                await Task.Delay(Look, cancellationToken);
            }

            Tell($"restart of {server.Name} to ready", Milliseconds(Stopwatch.GetElapsedTime(start)));
            await SearchAsync(server, cancellationToken);
            return server;
        }

        private static async Task SearchAsync(ServerProcess server, CancellationToken cancellationToken)
        {
            List<TimeSpan> times = [];
            foreach (string query in SyntheticCatalogue.Queries(Searches))
            {
                long start = Stopwatch.GetTimestamp();
                await server.Client.CallAsync("find_tool", new { tool_description = query, detail = "compact" }, cancellationToken);
                times.Add(Stopwatch.GetElapsedTime(start));
            }

            TimeSpan[] later = [.. times.Skip(Searches / 2).Order()];
            Tell($"find_tool on {server.Name} over HTTP: first, 2nd to 10th at most", $"{Milliseconds(times[0])}, {Milliseconds(times.Skip(1).Take(9).Max())}");
            Tell("… later p50, p95", string.Create(CultureInfo.InvariantCulture, $"{later[later.Length / 2].TotalMilliseconds:0.0} ms, {later[(int)(later.Length * 0.95)].TotalMilliseconds:0.0} ms"));
        }

        // From when the server lists one more tool until each replica finds it: at most one poll, one look, one commit.
        private async Task ChangeAsync(List<ServerProcess> running, CancellationToken cancellationToken)
        {
            catalogue.Changed = Changed;
            long start = Stopwatch.GetTimestamp();
            TimeSpan[] seen = await Task.WhenAll(running.Select(async server =>
            {
                JsonNode found;
                do
                {
                    await Task.Delay(Look, cancellationToken);
                    found = await server.Client.CallAsync("find_tool", new { tool_description = CatalogueHost.NameOfAddition(Changed), detail = "compact" }, cancellationToken);
                }
                while (!found.ToJsonString().Contains($"\"{CatalogueHost.NameOfAddition(Changed)}\"", StringComparison.Ordinal));

                return Stopwatch.GetElapsedTime(start);
            }));
            Tell("a new tool of one server is found everywhere after", Milliseconds(seen.Max()));
        }

        private Task<ServerProcess> StartAsync(string name) => ServerProcess.StartAsync(name, connectionString, serversFile, folder, _settings);

        private static async Task<string> ReadyAsync(HttpClient client, CancellationToken cancellationToken)
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri("/ready", UriKind.Relative), cancellationToken);
            return await response.Content.ReadAsStringAsync(cancellationToken);
        }

        private static TimeSpan ProcessorTime(ServerProcess server)
        {
            server.Process.Refresh();
            return server.Process.TotalProcessorTime;
        }

        // While it is polled and not only at one moment: least and most.
        private static async Task TellResidentAsync(string what, IReadOnlyList<ServerProcess> running, CancellationToken cancellationToken)
        {
            await Task.Delay(Settling, cancellationToken);
            List<long>[] seen = [.. running.Select(_ => new List<long>())];
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Watching; await Task.Delay(Look * 5, cancellationToken))
            {
                foreach ((int at, ServerProcess server) in running.Index())
                {
                    server.Process.Refresh();
                    seen[at].Add(server.Process.WorkingSet64 / 1_000_000);
                }
            }

            Tell($"{what}, least and most of {Watching.TotalSeconds:0} s", string.Join("; ", seen.Select(values => $"{values.Min()} to {values.Max()} MB")));
        }

        // What was written to each table since the database began; empty without PostgreSQL, which alone counts it.
        private string Written()
        {
            if (connectionString is null)
            {
                return "";
            }

            using NpgsqlConnection connection = new(connectionString);
            connection.Open();
            using NpgsqlCommand command = new("SELECT coalesce(string_agg(relname || ' ' || n_tup_ins + n_tup_upd + n_tup_del, ', ' ORDER BY relname), '') FROM pg_stat_user_tables WHERE n_tup_ins > 0", connection);
            return (string)command.ExecuteScalar()!;
        }
    }
}
