using System.Diagnostics;
using System.Globalization;
using Benchmarks.Search;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Ingestion;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks.Ingestion;

/// <summary>Ingestion on the real store and index with the built-in encoder; only tools/list is answered from memory.</summary>
internal sealed class IngestionBenchmark : IBenchmark
{
    private const int ToolsPerServer = 100;

    public string Name => "ingestion";

    public string Description => "first ingestion, unchanged poll, deletion, re-match and start, with resident memory: ingestion [SERVERS, default 1000] [DATABASE, kept; one that is there is only started with]";

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        int servers = args is [string count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 1000;
        SQLitePCL.Batteries_V2.Init();
        string? kept = args is [_, string path, ..] ? path : null;
        string database = kept ?? Path.Combine(Directory.CreateTempSubdirectory("ingestion-benchmark-").FullName, "optimizer.db");
        SyntheticCatalogue catalogue = new(256);
        CatalogueBackends backends = new(catalogue, servers);
        Console.WriteLine($"| {servers} servers x {ToolsPerServer} tools | ms | embedded | changed rows |");
        Console.WriteLine("|---|---|---|---|");
        try
        {
            if (kept is null || !File.Exists(kept))
            {
                await IngestAsync(servers, database, backends, cancellationToken);
            }

            await StartAsync(servers, database, backends, cancellationToken);
            return 0;
        }
        finally
        {
            if (kept is null)
            {
                Directory.Delete(Path.GetDirectoryName(database)!, recursive: true);
            }
        }
    }

    private static async Task IngestAsync(int servers, string database, CatalogueBackends backends, CancellationToken cancellationToken)
    {
        CatalogueSource source = new(servers);
        CatalogueRegistry registry = new(servers);
        await using (ServiceProvider provider = Build(database, source, registry, backends))
        {
            IIngestionService ingestion = provider.GetRequiredService<IIngestionService>();
            await ingestion.LoadAsync(cancellationToken);
            await TimeAsync("registry, first ingestion", () => ingestion.IngestRegistryAsync(cancellationToken));
            await using (LogWatch log = new(database + "-wal"))
            {
                await TimeAsync("workloads, first ingestion", () => ingestion.IngestWorkloadsAsync(cancellationToken));
                Console.WriteLine($"| largest write-ahead log, MB | {log.Largest / 1_000_000} | | |");
            }

            Console.WriteLine($"| resident memory after it, MB | {Environment.WorkingSet / 1_000_000} | | |");
            for (int run = 1; run <= 5; run++)
            {
                await TimeAsync($"unchanged poll, run {run}", () => ingestion.IngestWorkloadsAsync(cancellationToken));
            }

            source.Missing = CatalogueSource.NameOf(0);
            IngestionReport gone = await TimeAsync("poll that deletes one server", () => ingestion.IngestWorkloadsAsync(cancellationToken));
            Check(gone.Deleted == 1, "one server was to be deleted");
            registry.IncludesLast = true;
            await TimeAsync("registry gains one entry", () => ingestion.IngestRegistryAsync(cancellationToken));
            IngestionReport match = await TimeAsync("re-match one server", () => ingestion.RematchAsync(CatalogueSource.NameOf(servers - 1), cancellationToken));
            Check(match.Changed == 1, "one link was to change");
            GC.Collect();
            Console.WriteLine($"| managed memory, MB | {GC.GetTotalMemory(true) / 1_000_000} | | |");
        }
    }

    // Resident memory means something only where nothing was ingested in the same process.
    private static async Task StartAsync(int servers, string database, CatalogueBackends backends, CancellationToken cancellationToken)
    {
        await using ServiceProvider again = Build(database, new CatalogueSource(servers), new CatalogueRegistry(servers), backends);
        await TimeAsync("start with that store", async () =>
        {
            await again.GetRequiredService<IIngestionService>().LoadAsync(cancellationToken);
            return new IngestionReport();
        });
        Console.WriteLine($"| resident memory after it, MB | {Environment.WorkingSet / 1_000_000} | | |");
        IDiscoveryService discovery = again.GetRequiredService<IDiscoveryService>();
        for (int search = 1; search <= 6; search++)
        {
            await TimeAsync($"search {search} after the start", async () =>
            {
                await discovery.FindAsync(new FindRequest { Query = new ToolQuery { Description = $"list the open issues of project {search}" } }, CallerIdentity.Anonymous, cancellationToken);
                return new IngestionReport();
            });
        }
    }

    private static ServiceProvider Build(string database, CatalogueSource source, CatalogueRegistry registry, CatalogueBackends backends)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<IBackendRepository>(backends);
        services.AddSingleton<IWorkloadSource>(source);
        services.AddSingleton<IRegistrySource>(registry);
        services.AddMcpOptimizer(options => options.Store.DatabasePath = database);
        return services.BuildServiceProvider();
    }

    private static async Task<IngestionReport> TimeAsync(string what, Func<Task<IngestionReport>> run)
    {
        long start = Stopwatch.GetTimestamp();
        IngestionReport report = await run();
        Console.WriteLine($"| {what} | {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} | {report.Embedded} | {report.Changed + report.Deleted} |");
        Check(report.Problems.Count == 0, string.Join("; ", report.Problems));
        return report;
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"The benchmark is wrong: {what}.");
        }
    }
}
