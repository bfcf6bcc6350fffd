namespace Benchmarks.Start;

/// <summary>One start, from the process' creation on.</summary>
/// <param name="Initialized">Until the answer to initialize.</param>
/// <param name="Found">Until the answer of the first search.</param>
/// <param name="MemoryBytes">Resident memory after it.</param>
internal sealed record StartRun(TimeSpan Initialized, TimeSpan Found, long MemoryBytes);
