namespace Benchmarks.Metadata;

/// <summary>What the process holds, after a full collection of garbage.</summary>
internal sealed record ResourceUse(long ManagedBytes, long ResidentBytes, int Handles, int Threads, int Children)
{
    public override string ToString() =>
        $"managed {ManagedBytes / 1048576.0:F1} MiB, resident {ResidentBytes / 1048576.0:F1} MiB, " +
        $"handles {Handles}, threads {Threads}, child processes {Children}";
}
