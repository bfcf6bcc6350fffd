using System.Diagnostics;
using System.Globalization;
using McpOptimizer.Core.Services.Embeddings;
using Microsoft.Extensions.AI;

namespace Benchmarks.Encoder;

/// <summary>Cost of the built-in encoder on one thread: short requests, tool texts, memory, size of its table.</summary>
internal sealed class EncoderBenchmark : IBenchmark
{
    private const int Queries = 20_000;
    private const int ToolTexts = 20_000;

    private static readonly string[] Requests =
    [
        "will I need an umbrella in Lisbon tomorrow", "create a branch and open a pull request", "where did my money go last month",
        "let the team know the build is green", "which pods keep restarting", "translate this letter into Japanese",
    ];

    private static readonly string[] Actions = ["create", "update", "delete", "list", "search", "export", "archive", "share"];
    private static readonly string[] Things = ["issue", "calendar event", "invoice", "deployment", "playlist", "customer", "dashboard", "pull request"];

    public string Name => "encoder";

    public string Description => "ms a short request, tool texts a second, bytes allocated, size of the table";

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        long start = Stopwatch.GetTimestamp();
        using BuiltInEmbeddingGenerator generator = new();
        TimeSpan load = Stopwatch.GetElapsedTime(start);
        string[] texts = [.. Enumerable.Range(0, ToolTexts).Select(ToolText)];
        Warm(generator, texts);
        Console.WriteLine("| What | Measured | Budget |");
        Console.WriteLine("|---|---|---|");
        Row("table", generator.ResourceSize / 1e6, "MB", "10 MB");
        Row("first use (reading the table)", load.TotalMilliseconds, "ms", "");
        Row("short request", MedianRequest(generator) * 1e6, "µs", "200 µs");
        (double perSecond, double allocated) = await ToolTextsAsync(generator, texts, cancellationToken);
        Row("tool texts a second, one thread", perSecond, "", "5,000");
        Row("allocated a tool text (its vector, result objects)", allocated, "bytes", "");
        Row("allocated a text encoded into a given span", Spans(generator, texts), "bytes", "");
        return 0;
    }

    private static string ToolText(int i) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Server: server-{i % 97} | Tool: {Actions[i % Actions.Length]}_{Things[i / 8 % Things.Length].Replace(' ', '_')}_{i} | Description: ") +
        $"{Actions[i % Actions.Length]} a {Things[i / 8 % Things.Length]} of the workspace by its identifier, with optional filters, " +
        "and return the affected records as structured content.";

    private static void Warm(BuiltInEmbeddingGenerator generator, string[] texts)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1); i++)
        {
            generator.Encode(texts[i % texts.Length]);
        }
    }

    private static double MedianRequest(BuiltInEmbeddingGenerator generator)
    {
        double[] seconds = new double[Queries];
        for (int i = 0; i < Queries; i++)
        {
            long start = Stopwatch.GetTimestamp();
            generator.Encode(Requests[i % Requests.Length]);
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(seconds);
        return seconds[Queries / 2];
    }

    private static async Task<(double PerSecond, double Allocated)> ToolTextsAsync(
        BuiltInEmbeddingGenerator generator, string[] texts, CancellationToken cancellationToken)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        GeneratedEmbeddings<Embedding<float>> vectors = await generator.GenerateAsync(texts, null, cancellationToken);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)vectors.Count;
        return (vectors.Count / seconds, allocated);
    }

    private static double Spans(BuiltInEmbeddingGenerator generator, string[] texts)
    {
        float[] vector = new float[generator.Metadata.DefaultModelDimensions!.Value];
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (string text in texts)
        {
            generator.Encode(text, vector);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)texts.Length;
    }

    private static void Row(string what, double value, string unit, string budget) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {value:#,0.##} {unit} | {budget} |"));
}
