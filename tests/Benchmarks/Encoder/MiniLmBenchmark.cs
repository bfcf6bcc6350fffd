using System.Diagnostics;
using System.Globalization;
using McpOptimizer.Encoder.MiniLM;

namespace Benchmarks.Encoder;

/// <summary>Cost of MiniLM in managed code on one thread.</summary>
internal sealed class MiniLmBenchmark : IBenchmark
{
    private const int Runs = 200;

    private static readonly (string Name, string Text)[] Texts =
    [
        ("a wish of 8 tokens", "turn off the lights please"),
        ("a request of 24 tokens", "create a branch in the repository of the payments team, then open a pull request with my last changes"),
        ("a tool text of 48 tokens", "Server: github | Tool: create_pull_request_review | Description: Create a review of a pull request with optional comments on single lines, and submit it at once or keep it as a draft."),
        (
            "a tool text of 94 tokens",
            "Server: observability-platform | Tool: query_time_series_range | Description: Evaluate an expression over a range of time and return the matching series as a table of points, one row per step and "
            + "label set, with the step chosen by the server when none is given, gaps filled as asked for by the fill mode, and results cut to the number of series that the caller allows in order that answers "
            + "stay small enough to be read by a model."),
    ];

    public string Name => "minilm";

    public string Description => "ms a text of MiniLM in managed code, memory";

    public Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        long before = Environment.WorkingSet;
        long start = Stopwatch.GetTimestamp();
        using MiniLmEmbeddingGenerator generator = new();
        generator.Encode("first");
        Console.WriteLine("| What | p50 | p95 |");
        Console.WriteLine("|---|---|---|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| first use | {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms |  |"));
        foreach ((string name, string text) in Texts)
        {
            for (int i = 0; i < Runs / 2; i++)
            {
                generator.Encode(text);
            }

            double[] times = new double[Runs];
            for (int i = 0; i < Runs; i++)
            {
                long began = Stopwatch.GetTimestamp();
                generator.Encode(text);
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }

            Array.Sort(times);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times[Runs / 2]:0.00} ms | {times[Runs * 95 / 100]:0.00} ms |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| working set added | {(Environment.WorkingSet - before) / 1e6:0} MB |  |"));
        return Task.FromResult(0);
    }
}
