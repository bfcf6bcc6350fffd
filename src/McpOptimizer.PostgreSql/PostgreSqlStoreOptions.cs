namespace McpOptimizer.PostgreSql;

/// <summary>How a replica behaves on the database that it shares.</summary>
public sealed class PostgreSqlStoreOptions
{
    /// <summary>What this process is called in <c>/ready</c>, in logs and in <c>list_tools</c>. Two replicas may have the same name; nothing rests on it.</summary>
    /// <value>Machine name and process id.</value>
    public string ReplicaName { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>How long the right to take servers in lasts without being renewed: so long after a replica died nobody takes in. It is renewed three times as often.</summary>
    /// <value>6 seconds; 1 second to 5 minutes.</value>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>How often to look for changes although no notification came: one may have been lost. While notifications cannot be received, it is looked every second.</summary>
    /// <value>5 seconds; 100 ms to 5 minutes.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many bytes of cut results, for <c>read_result</c> on other replicas, the database keeps in all. The oldest make room.</summary>
    /// <value>64 MiB; 0 to 10 GiB.</value>
    public long MaxSharedBytes { get; set; } = 64L * 1024 * 1024;

    internal void Check()
    {
        Check(LeaseDuration, TimeSpan.FromSeconds(1), nameof(LeaseDuration));
        Check(PollInterval, TimeSpan.FromMilliseconds(100), nameof(PollInterval));
        if (MaxSharedBytes is < 0 or > 10L * 1024 * 1024 * 1024)
        {
            throw new ArgumentException($"{nameof(MaxSharedBytes)} is {MaxSharedBytes}; allowed is 0 to 10 GiB.");
        }

        if (string.IsNullOrWhiteSpace(ReplicaName) || ReplicaName.Length > 200)
        {
            throw new ArgumentException($"{nameof(ReplicaName)} is '{VisibleText.Shorten(ReplicaName ?? "")}'; it needs 1 to 200 characters.");
        }
    }

    private static void Check(TimeSpan value, TimeSpan least, string name)
    {
        if (value < least || value > TimeSpan.FromMinutes(5))
        {
            throw new ArgumentException($"{name} is {value}; allowed is {least} to {TimeSpan.FromMinutes(5)}.");
        }
    }
}
