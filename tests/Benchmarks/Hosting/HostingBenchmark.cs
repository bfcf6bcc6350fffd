using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Hosting;

/// <summary>Requests per second of a trivial tool over HTTP, in both eras of the protocol, beside a bare JSON route as the ceiling.</summary>
internal sealed class HostingBenchmark : IBenchmark
{
    public string Name => "hosting";

    public string Description => "Requests/s of an echo tool over HTTP: --connections 16 --seconds 5 --rounds 3";

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        if (args is ["serve", .. string[] behind])
        {
            return await EchoHost.RunAsync(behind.FirstOrDefault(), cancellationToken);
        }

        int connections = Number(args, "--connections", 16);
        TimeSpan duration = TimeSpan.FromSeconds(Number(args, "--seconds", 5));
        int rounds = Number(args, "--rounds", 3);
        using EchoHostProcess server = await EchoHostProcess.StartAsync(cancellationToken: cancellationToken);
        Workload[] workloads = Workload.All;
        Dictionary<Workload, List<Measurement>> results = workloads.ToDictionary(workload => workload, _ => new List<Measurement>());

        // Round by round, so that whatever else the machine does falls on all alike; the first round warms up.
        for (int round = 0; round <= rounds; round++)
        {
            foreach (Workload workload in workloads)
            {
                TimeSpan length = round == 0 ? TimeSpan.FromSeconds(2) : duration;
                Measurement measurement = await LoadGenerator.RunAsync(server, workload, connections, length, cancellationToken);
                if (round > 0)
                {
                    results[workload].Add(measurement);
                }
            }
        }

        Console.WriteLine($"{Environment.ProcessorCount} cores shared by server and clients, {connections} keep-alive connections,");
        Console.WriteLine($"median of {rounds} rounds of {duration.TotalSeconds} s");
        Console.WriteLine();
        Console.WriteLine("| workload | req/s | p50 ms | p95 ms | p99 ms | server CPU µs/req |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach ((Workload workload, List<Measurement> measured) in results)
        {
            Measurement median = measured.OrderBy(measurement => measurement.RequestsPerSecond).ElementAt(measured.Count / 2);
            Console.WriteLine($"| {workload.Name} | {median} |");
        }

        using Process process = Process.GetProcessById(server.Id);
        Console.WriteLine();
        Console.WriteLine($"server memory (RSS) afterwards: {process.WorkingSet64 / (1024 * 1024)} MiB");
        return 0;
    }

    private static int Number(string[] args, string name, int otherwise)
    {
        int index = Array.IndexOf(args, name);
        return index >= 0 && index + 1 < args.Length ? int.Parse(args[index + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
