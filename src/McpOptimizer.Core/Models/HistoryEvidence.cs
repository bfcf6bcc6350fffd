namespace McpOptimizer.Core.Models;

/// <summary>What past requests said of a hit.</summary>
/// <param name="Score">What that was worth beside the other scores; below 0 when it spoke against it.</param>
/// <param name="Calls">Successful calls after similar requests.</param>
/// <param name="Failures">Calls after similar requests that it answered with an error.</param>
/// <param name="PassedOver">How often another hit, further down, was called at a similar request.</param>
public sealed record HistoryEvidence(double Score, int Calls, int Failures, int PassedOver)
{
    /// <summary>The same in words.</summary>
    public override string ToString()
    {
        List<string> parts = [];
        Add(Calls, "called");
        Add(Failures, "failed");
        Add(PassedOver, "passed over");
        return parts.Count == 0 ? "nothing at similar requests" : $"{string.Join(", ", parts)} after similar requests";

        void Add(int count, string what)
        {
            if (count > 0)
            {
                parts.Add($"{what} {(count == 1 ? "once" : $"{count} times")}");
            }
        }
    }
}
