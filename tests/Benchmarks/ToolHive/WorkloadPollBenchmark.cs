using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Shared.Kubernetes;
using Shared.ToolHive;
using ToolHive.Client.Services;

namespace Benchmarks.ToolHive;

/// <summary>Listing 1,000 workloads in 20 groups again and again, unchanged, over ToolHive's API and over Kubernetes; a tenth of them remote.</summary>
internal sealed class WorkloadPollBenchmark : IBenchmark
{
    private const int Workloads = 1000;
    private const int Groups = 20;

    public string Name => "toolhive-poll";

    public string Description => "List 1,000 workloads in 20 groups, first and unchanged (ToolHive's API, Kubernetes). Optional: number of polls.";

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        int polls = args.Length > 0 && int.TryParse(args[0], out int given) ? given : 50;
        Console.WriteLine($"{"source",-12} {"first ms",10} {"p50 ms",10} {"p95 ms",10} {"KiB/poll",10} {"requests/poll",14}");

        await using FakeToolHive toolHive = await FakeToolHive.StartAsync();
        await using FakeKubernetes kubernetes = await FakeKubernetes.StartAsync(usesTls: false);
        for (int i = 0; i < Workloads; i++)
        {
            string group = $"group-{i % Groups}";
            if (i % 10 == 0)
            {
                toolHive.AddRemoteWorkload($"server-{i}", $"http://127.0.0.1:{20000 + i}/mcp", $"https://example.com/{i}", workload => workload.Group = group);
            }
            else
            {
                toolHive.AddWorkload($"server-{i}", $"http://127.0.0.1:{20000 + i}/mcp", workload => workload.Group = group);
            }

            kubernetes.ApplyServer($"server-{i}", group);
        }

        await MeasureAsync(
            "api", services => services.AddToolHiveClient(options => options.BaseAddress = toolHive.BaseAddress), toolHive.Journal, polls, cancellationToken);
        await MeasureAsync(
            "kubernetes", services =>
                services.AddToolHiveKubernetes(options => options.ApiServer = kubernetes.Address), kubernetes.Journal, polls, cancellationToken);
        return 0;
    }

    private static async Task MeasureAsync(
        string source, Action<IServiceCollection> register, RequestJournal journal, int polls, CancellationToken cancellationToken)
    {
        ServiceCollection services = new();
        register(services);
        await using ServiceProvider provider = services.BuildServiceProvider();
        IWorkloadDirectory directory = provider.GetRequiredService<IWorkloadDirectory>();
        Stopwatch first = Stopwatch.StartNew();
        await directory.ListAsync(cancellationToken);
        first.Stop();
        journal.Clear();
        double[] times = new double[polls];
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < polls; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await directory.ListAsync(cancellationToken);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        double kibibytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / 1024.0 / polls;
        Array.Sort(times);
        Console.WriteLine(
            $"{source,-12} {first.Elapsed.TotalMilliseconds,10:0.0} {times[polls / 2],10:0.0} {times[(int)(polls * 0.95)],10:0.0} {kibibytes,10:0} {(double)journal.Entries.Count / polls,14:0.0}");
    }
}
