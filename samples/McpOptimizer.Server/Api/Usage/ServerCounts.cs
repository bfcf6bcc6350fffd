using McpOptimizer.Server.Api.Answers;

namespace McpOptimizer.Server.Api.Usage;

/// <summary>Counts of one server, and how long its last calls took; the log's lock guards them.</summary>
internal sealed class ServerCounts
{
    private const int MostDurations = 100;

    private readonly List<double> _durations = [];
    private int _next;

    public long Calls { get; private set; }

    public long Failed { get; private set; }

    public void Add(TimeSpan duration, bool failed)
    {
        Calls++;
        Failed += failed ? 1 : 0;
        if (_durations.Count < MostDurations)
        {
            _durations.Add(duration.TotalMilliseconds);
        }
        else
        {
            _durations[_next] = duration.TotalMilliseconds;
            _next = (_next + 1) % MostDurations;
        }
    }

    public ServerUsageAnswer Describe()
    {
        double[] sorted = [.. _durations.Order()];
        return new ServerUsageAnswer
        {
            Calls = Calls,
            Failed = Failed,
            MeanMs = Math.Round(sorted.Average(), 1),
            P95Ms = Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(0.95 * sorted.Length) - 1)], 1),
        };
    }
}
