using System.Diagnostics;

namespace Benchmarks.Hosting;

/// <summary>Sends one request after the other on each connection and checks every answer.</summary>
internal static class LoadGenerator
{
    public static async Task<Measurement> RunAsync(
        EchoHostProcess server, Workload workload, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        using HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = server.Address };
        TimeSpan processorTime = server.ProcessorTime;
        Stopwatch watch = Stopwatch.StartNew();
        List<double>[] latencies = await Task.WhenAll(Enumerable.Range(0, connections)
            .Select(_ => Task.Run(() => LoopAsync(http, workload, watch, duration, cancellationToken), cancellationToken)));
        double seconds = watch.Elapsed.TotalSeconds;
        double[] all = [.. latencies.SelectMany(list => list)];
        Array.Sort(all);
        double microseconds = (server.ProcessorTime - processorTime).TotalMicroseconds;
        return new Measurement(all.Length / seconds, Percentile(all, 0.5), Percentile(all, 0.95), Percentile(all, 0.99), microseconds / all.Length);
    }

    private static async Task<List<double>> LoopAsync(
        HttpClient http, Workload workload, Stopwatch watch, TimeSpan duration, CancellationToken cancellationToken)
    {
        List<double> latencies = [];
        string? session = await workload.OpenAsync(http, cancellationToken);
        for (long id = 1; watch.Elapsed < duration; id++)
        {
            long start = Stopwatch.GetTimestamp();
            using HttpRequestMessage request = workload.Request(id, session);
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            string body = await response.Content.ReadAsStringAsync(cancellationToken);
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (!response.IsSuccessStatusCode || !body.Contains(EchoHost.Text, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"{workload.Name}: {(int)response.StatusCode} {body}");
            }
        }

        return latencies;
    }

    private static double Percentile(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
