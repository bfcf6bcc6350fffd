namespace Benchmarks.Metadata;

/// <summary>Milliseconds at the points that matter.</summary>
internal sealed record Latencies(int Count, double P50, double P95, double P99, double Max, int Errors)
{
    public static Latencies Of(IEnumerable<double> milliseconds, int errors = 0)
    {
        double[] sorted = [.. milliseconds.Order()];
        return new Latencies(sorted.Length, At(0.50), At(0.95), At(0.99), sorted[^1], errors);

        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }

    public override string ToString() => $"{Count,7} x   p50 {P50,7:F1}   p95 {P95,7:F1}   p99 {P99,7:F1}   max {Max,7:F1} ms   errors {Errors}";
}
