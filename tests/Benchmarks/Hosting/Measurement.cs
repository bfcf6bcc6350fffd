using System.Globalization;

namespace Benchmarks.Hosting;

/// <summary>What one run of a workload showed; times in milliseconds unless said otherwise.</summary>
internal sealed record Measurement(double RequestsPerSecond, double P50, double P95, double P99, double ServerMicrosecondsPerRequest)
{
    /// <summary>The cells of a table row.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{RequestsPerSecond:F0} | {P50:F2} | {P95:F2} | {P99:F2} | {ServerMicrosecondsPerRequest:F0}");
}
