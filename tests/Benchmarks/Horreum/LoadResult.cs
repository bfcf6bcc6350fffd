namespace Benchmarks.Horreum;

/// <summary>What a scenario measured: good answers, requests a second, and milliseconds of the median and of the 95th percentile.</summary>
internal sealed record LoadResult(int Count, double PerSecond, double Median, double Late, int Errors);
