using System.Diagnostics;
using System.Globalization;
using McpOptimizer.PostgreSql.Tests.Fixtures;
using McpOptimizer.PostgreSql.Tests.Replicas;

namespace Benchmarks.Replicas;

/// <summary>One process with SQLite, and one, two and three replicas on PostgreSQL: how much they find and call, and how soon a change is on all.</summary>
internal sealed class ReplicasBenchmark : IBenchmark
{
    private const int Clients = 16;
    private const int Changes = 12;
    private const int WarmUp = 800;

    public string Name => "replicas";

    public string Description => "Replicas on PostgreSQL behind nginx: [--seconds N] measures finds, calls and propagation; --soak MINUTES kills and starts them meanwhile.";

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        if (!PostgreSqlServer.IsInstalled || !NginxProcess.IsInstalled)
        {
            Console.WriteLine("skipped: no PostgreSQL, or no nginx");
            return 0;
        }

        string[] servers = [.. Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"server{i:00}"))];
        using PostgreSqlServer database = PostgreSqlServer.Start();
        if (Option(args, "--soak") is { } minutes)
        {
            await using ReplicaSet three = await ReplicaSet.StartAsync(3, database, servers, new Dictionary<string, string> { ["McpOptimizer__Trust__Policy"] = "Pin" });
            await three.WaitForAsync(servers.Length, cancellationToken);
            return await new Soak(three, servers).RunAsync(TimeSpan.FromMinutes(minutes), cancellationToken) ? 0 : 1;
        }

        TimeSpan duration = TimeSpan.FromSeconds(Option(args, "--seconds") ?? 8);
        Console.WriteLine("| Set-up | finds/s | calls/s | propagation p50 ms | p95 ms |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        foreach ((string name, int replicas, bool isShared) in new[] { ("one process, SQLite", 1, false), ("one replica, PostgreSQL", 1, true), ("two replicas", 2, true), ("three replicas", 3, true) })
        {
            await using ReplicaSet set = await ReplicaSet.StartAsync(replicas, isShared ? database : null, servers);
            await set.WaitForAsync(servers.Length, cancellationToken);
            foreach (ServerProcess replica in set.Replicas)
            {
                // Each process compiles its own code: its first hundreds of searches are slow.
                await WarmAsync(replica, cancellationToken);
            }

            double finds = await LoadAsync(set, "find_tool", i => new { tool_description = $"echo a text on {servers[i % servers.Length]}" }, duration, cancellationToken);
            double calls = await LoadAsync(set, "call_tool", i => new { server_name = servers[i % servers.Length], tool_name = "echo", parameters = new { text = "hello" } }, duration, cancellationToken);
            (string p50, string p95) = replicas > 1 ? await PropagationAsync(set, servers, cancellationToken) : ("–", "–");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {finds:N0} | {calls:N0} | {p50} | {p95} |"));
        }

        return 0;
    }

    private static double? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? double.Parse(args[at + 1], CultureInfo.InvariantCulture) : null;

    private static async Task WarmAsync(ServerProcess replica, CancellationToken cancellationToken)
    {
        for (int i = 0; i < WarmUp; i++)
        {
            await replica.Client.CallAsync("find_tool", new { tool_description = $"echo a text on server{i % 20:00}" }, cancellationToken);
            await replica.Client.CallAsync("call_tool", new { server_name = "server00", tool_name = "echo", parameters = new { text = "hello" } }, cancellationToken);
        }
    }

    private static async Task<double> LoadAsync(ReplicaSet set, string tool, Func<int, object> arguments, TimeSpan duration, CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        int[] done = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            using SessionlessClient own = new(set.Address);
            int count = 0;
            while (watch.Elapsed < duration)
            {
                await own.CallAsync(tool, arguments(client + count), cancellationToken);
                count++;
            }

            return count;
        }));
        return done.Sum() / watch.Elapsed.TotalSeconds;
    }

    // From when the first replica shows a change until the last one does.
    private static async Task<(string P50, string P95)> PropagationAsync(ReplicaSet set, string[] servers, CancellationToken cancellationToken)
    {
        List<double> delays = [];
        for (int i = 0; i < Changes; i++)
        {
            bool isThere = i % 2 == 0;
            int expected = servers.Length + (isThere ? 1 : 0);
            set.SetServers(isThere ? [.. servers, "visitor"] : servers);
            long[] seen = await Task.WhenAll(set.Replicas.Select(async replica =>
            {
                while (true)
                {
                    string[] tools = await replica.ToolsAsync();
                    if (tools.Select(tool => tool.Split('/')[0]).Distinct().Count() == expected)
                    {
                        return Stopwatch.GetTimestamp();
                    }

                    await Task.Delay(2, cancellationToken);
                }
            }));
            delays.Add(Stopwatch.GetElapsedTime(seen.Min(), seen.Max()).TotalMilliseconds);
        }

        delays.Sort();
        return (Format(delays[delays.Count / 2]), Format(delays[(int)(delays.Count * 0.95)]));
    }

    private static string Format(double milliseconds) => milliseconds.ToString("0", CultureInfo.InvariantCulture);
}
