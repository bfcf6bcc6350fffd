using System.Diagnostics;
using System.Globalization;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search;

namespace Benchmarks.Search;

/// <summary>
/// Times the search and the index's changes over catalogues of growing size. For one core: <c>taskset -c 0 dotnet run -c Release
/// --project tests/Benchmarks -- find-tool</c>. Options: <c>--tools 1000,10000</c>, <c>--dimension 256</c>, <c>--queries 500</c>, <c>--peer</c>, <c>--warm-up 10</c> to count from the tenth
/// search of a process on, and <c>--best-of 5</c> to count the best of five runs of each query where the machine has other work.
/// </summary>
internal sealed class FindToolBenchmark : IBenchmark
{
    private const int Rounds = 9;
    // Until the last tier of compiled code runs, as it does in a server that is up for a minute.
    private const string WarmUp = "5000";
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(20);

    public string Name => "find-tool";

    public string Description => "find a tool among 1,000 / 10,000 / 100,000: time, memory, changes [--tools N,N] [--dimension 256] [--queries 500] [--best-of 1] [--warm-up 5000] [--peer]";

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        int[] sizes = [.. (Option(args, "--tools") ?? "1000,10000,100000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        int dimension = int.Parse(Option(args, "--dimension") ?? "256", CultureInfo.InvariantCulture);
        IReadOnlyList<string> queries = SyntheticCatalogue.Queries(int.Parse(Option(args, "--queries") ?? "500", CultureInfo.InvariantCulture));
        int warmUp = int.Parse(Option(args, "--warm-up") ?? WarmUp, CultureInfo.InvariantCulture);
        int bestOf = int.Parse(Option(args, "--best-of") ?? "1", CultureInfo.InvariantCulture);
        Console.WriteLine($"{Environment.ProcessorCount} processor(s), vectors of {dimension}, {queries.Count} queries, best of {bestOf}, after {warmUp:N0}");
        Console.WriteLine("| Tools | Start s | Memory MB | Words p50 ms | p95 | Hybrid p50 ms | p95 | Allocated kB | Group p50 ms | Remove server ms | Replace server ms | Rename 50 ms | Stop server ms | Merge ms |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (int size in sizes)
        {
            await MeasureAsync(size, dimension, queries, (warmUp, bestOf), cancellationToken);
        }

        if (args.Contains("--peer"))
        {
            Console.WriteLine("\nSQLite FTS5 and a table of vectors read in full:\n| Tools | Start s | Hybrid p50 ms | p95 |\n|---|---|---|---|");
            foreach (int size in sizes)
            {
                MeasurePeer(size, dimension, queries);
            }
        }

        return 0;
    }

    private static async Task MeasureAsync(int size, int dimension, IReadOnlyList<string> queries, (int WarmUp, int BestOf) runs, CancellationToken cancellationToken)
    {
        SyntheticCatalogue catalogue = new(dimension);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        SearchSettings settings = new();
        ToolIndexHolder holder = new(settings);
        double start = Fill(holder, catalogue, size);
        long memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        using CatalogueEmbedder embedder = new(catalogue);
        ToolSearchService words = new(holder, settings);
        ToolSearchService hybrid = new(holder, settings, embedder);
        VisibilityScope group = new() { Groups = new HashSet<string> { "group-1" } };
        double[] hybridTimes = await TimeAsync(hybrid, queries, null, runs, cancellationToken);
        double[] wordTimes = await TimeAsync(words, queries, null, runs, cancellationToken);
        double[] groupTimes = await TimeAsync(hybrid, queries, group, runs, cancellationToken);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        foreach (string query in queries)
        {
            await words.SearchAsync(new ToolQuery { Description = query }, cancellationToken);
        }

        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / queries.Count;
        int servers = size / 100;
        double remove = Median(i => holder.Apply(new IndexChange { RemovedServerIds = [$"server-{i * servers / Rounds}"] }));
        double replace = Median(i => holder.Apply(new IndexChange { Upserted = [catalogue.Server((i * servers / Rounds) + 1)] }));
        double rename = Median(i => holder.Apply(new IndexChange
        {
            Upserted = [.. Enumerable.Range(0, Math.Min(50, servers)).Select(server => catalogue.Server(server, 10, $"renamed-{i}-{server}"))],
        }));
        double stop = Median(i => holder.Apply(new IndexChange { StateChanged = [new ServerState($"server-{(i * servers / Rounds) + 1}", ServerStatus.Stopped, "group-1", false)] }));
        long merging = Stopwatch.GetTimestamp();
        await holder.WhenMergedAsync(cancellationToken);
        double merge = Stopwatch.GetElapsedTime(merging).TotalMilliseconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {size:N0} | {start:0.00} | {memory / 1e6:0} | {At(wordTimes, .5):0.00} | {At(wordTimes, .95):0.00} | {At(hybridTimes, .5):0.00} | {At(hybridTimes, .95):0.00} | {allocated / 1e3:0} | {At(groupTimes, .5):0.00} | {remove:0.00} | {replace:0.00} | {rename:0.00} | {stop:0.00} | {merge:0} |"));
    }

    private static double Fill(ToolIndexHolder holder, SyntheticCatalogue catalogue, int size)
    {
        double seconds = 0;
        foreach (ServerDocument[] servers in catalogue.Servers(size).Chunk(1_000))
        {
            long start = Stopwatch.GetTimestamp();
            holder.Apply(new IndexChange { Upserted = servers });
            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }

    private static async Task<double[]> TimeAsync(
        ToolSearchService service, IReadOnlyList<string> queries, VisibilityScope? scope, (int WarmUp, int BestOf) runs, CancellationToken cancellationToken)
    {
        List<double> times = new(queries.Count);
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < runs.WarmUp && (i < queries.Count || Stopwatch.GetElapsedTime(begin) < LongestWarmUp); i++)
        {
            await service.SearchAsync(new ToolQuery { Description = queries[i % queries.Count], Scope = scope }, cancellationToken);
        }

        foreach (string query in queries)
        {
            double best = double.MaxValue;
            for (int attempt = 0; attempt < runs.BestOf; attempt++)
            {
                long start = Stopwatch.GetTimestamp();
                await service.SearchAsync(new ToolQuery { Description = query, Scope = scope }, cancellationToken);
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            times.Add(best);
        }

        return [.. times.Order()];
    }

    private static void MeasurePeer(int size, int dimension, IReadOnlyList<string> queries)
    {
        SyntheticCatalogue catalogue = new(dimension);
        long start = Stopwatch.GetTimestamp();
        using SqlitePeer peer = new(catalogue.Servers(size));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        List<double> times = [];
        foreach (string query in queries.Take(100))
        {
            float[] vector = catalogue.Vector(query);
            start = Stopwatch.GetTimestamp();
            peer.Find(query, vector, 8);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {size:N0} | {seconds:0.0} | {At([.. times], .5):0.00} | {At([.. times], .95):0.00} |"));
    }

    private static double Median(Action<int> change)
    {
        List<double> times = [];
        for (int i = 0; i < Rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            change(i);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        return times[Rounds / 2];
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    private static string? Option(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
