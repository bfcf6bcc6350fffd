using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Shared.Horreum;

namespace Benchmarks.Horreum;

/// <summary>
/// Loads a Horreum MCP server over its HTTP endpoints, sixteen callers at a time. Without <c>--url</c> it starts a fake Horreum with 250 runs and our server;
/// with <c>--mock-only PORT</c> it only serves the fake, so that any other server can be put before it and measured with <c>--url</c>.
/// </summary>
internal sealed class HorreumLoadBenchmark : IBenchmark
{
    private const string Token = "test-token";

    private static readonly (string Name, string Path, string Body)[] Scenarios =
    [
        ("source_describe", "/api/tools/source_describe", "{}"),
        ("get_run", "/api/tools/horreum_get_run", """{"run_id":1}"""),
        ("list_runs pageSize 100", "/api/tools/horreum_list_runs", """{"test_id":123,"pageSize":100}"""),
        ("list_runs pageSize 5", "/api/tools/horreum_list_runs", """{"test_id":123,"pageSize":5}"""),
        ("get_test_label_values", "/api/tools/horreum_get_test_label_values", """{"test_id":123}"""),
    ];

    public string Name => "horreum-load";

    public string Description => "Requests/s, latency and memory of a Horreum MCP server [--url URL --pid PID --seconds N --concurrency N --server DLL | --mock-only PORT]";

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        LoadOptions options = LoadOptions.Parse(args);
        if (options.MockPort is { } port)
        {
            await using FakeHorreum only = await FastMock.StartAsync($"http://127.0.0.1:{port}");
            Console.WriteLine($"Fake Horreum at {only.Address}; Ctrl-C ends it.");
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }

        await using FakeHorreum? mock = options.Url is null ? await FastMock.StartAsync("http://127.0.0.1:0") : null;
        using ServerProcess? server = mock is null ? null : await ServerProcess.StartAsync(options.ServerDll, mock.Address, Token, cancellationToken);
        Uri address = options.Url ?? server!.Address;
        int? pid = options.ProcessId ?? server?.Id;
        if (server is not null)
        {
            Console.WriteLine($"start to first answer: {server.StartTime.TotalMilliseconds:F0} ms; memory then: {Megabytes(pid)} MB");
        }

        Console.WriteLine($"{"scenario",-26}{"req/s",10}{"p50 ms",10}{"p95 ms",10}{"errors",10}{"CPU ms/req",12}{"RSS MB",10}");
        foreach ((string name, string path, string body) in Scenarios)
        {
            await LoadAsync(address, path, body, options.Concurrency, TimeSpan.FromSeconds(Math.Min(3, options.Seconds)), cancellationToken);
            TimeSpan before = ProcessorTime(pid);
            LoadResult result = await LoadAsync(address, path, body, options.Concurrency, TimeSpan.FromSeconds(options.Seconds), cancellationToken);
            double processor = (ProcessorTime(pid) - before).TotalMilliseconds / Math.Max(1, result.Count);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-26}{result.PerSecond,10:F0}{result.Median,10:F1}{result.Late,10:F1}{result.Errors,10}{processor,12:F3}{Megabytes(pid),10}"));
        }

        return 0;
    }

    private static async Task<LoadResult> LoadAsync(
        Uri address,
        string path,
        string body,
        int concurrency,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        using SocketsHttpHandler handler = new() { MaxConnectionsPerServer = concurrency };
        using HttpClient http = new(handler) { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        byte[] content = System.Text.Encoding.UTF8.GetBytes(body);
        long end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        long started = Stopwatch.GetTimestamp();
        int errors = 0;
        List<double>[] times = await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(CallAsync, cancellationToken)));
        double elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double[] sorted = [.. times.SelectMany(list => list).Order()];
        return sorted.Length == 0
            ? new LoadResult(0, 0, 0, 0, errors)
            : new LoadResult(sorted.Length, sorted.Length / elapsed, sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.95)], errors);

        async Task<List<double>> CallAsync()
        {
            List<double> mine = [];
            while (Stopwatch.GetTimestamp() < end && !cancellationToken.IsCancellationRequested)
            {
                long before = Stopwatch.GetTimestamp();
                using ByteArrayContent request = new(content);
                request.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using HttpResponseMessage response = await http.PostAsync(path, request, cancellationToken);
                await response.Content.CopyToAsync(Stream.Null, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    mine.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
                }
                else
                {
                    Interlocked.Increment(ref errors);
                }
            }

            return mine;
        }
    }

    // What the server itself costs says more than the throughput on a machine that is busy with other things.
    private static TimeSpan ProcessorTime(int? pid)
    {
        if (pid is not { } id)
        {
            return TimeSpan.Zero;
        }

        using Process process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }

    private static string Megabytes(int? pid)
    {
        string file = $"/proc/{pid}/status";
        string? line = pid is null || !File.Exists(file) ? null : File.ReadLines(file).FirstOrDefault(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return line is null ? "-" : (long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024).ToString(CultureInfo.InvariantCulture);
    }
}
