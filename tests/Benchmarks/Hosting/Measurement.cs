namespace Benchmarks.Hosting;

/// <summary>What one run of a workload showed; times in milliseconds unless said otherwise.</summary>
internal sealed record Measurement(double RequestsPerSecond, double P50, double P95, double P99, double ServerMicrosecondsPerRequest);
