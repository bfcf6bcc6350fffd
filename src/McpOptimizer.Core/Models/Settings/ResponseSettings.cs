namespace McpOptimizer.Core.Models.Settings;

/// <summary>What happens to results that are too large for a caller, and to calls before they reach a backend.</summary>
public sealed class ResponseSettings
{
    /// <summary>Largest result handed to a caller, in estimated tokens (4 characters each); null for no limit. What is cut can be fetched with <c>read_result</c>.</summary>
    /// <value>null; 50 to 10,000,000.</value>
    public int? MaxTokens { get; set; }

    /// <summary>Most bytes of cut results kept, all sessions together; the oldest make room.</summary>
    /// <value>64 MiB; 0 (keep none) to 16 GiB.</value>
    public long MaxStoredBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Most bytes of cut results kept for one session.</summary>
    /// <value>32 MiB; 0 to 16 GiB.</value>
    public long MaxStoredBytesPerSession { get; set; } = 32L * 1024 * 1024;

    /// <summary>How long a cut result is kept.</summary>
    /// <value>15 minutes; 1 second to 1 day.</value>
    public TimeSpan StoredResultLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Characters in one page of a stored result when the reader names no size.</summary>
    /// <value>8,000; 100 to 1,000,000.</value>
    public int PageCharacters { get; set; } = 8_000;

    /// <summary>Whether arguments are checked against the tool's input schema before the backend is asked.</summary>
    /// <value>true.</value>
    public bool ValidateArguments { get; set; } = true;

    /// <summary>Most calls in one batch.</summary>
    /// <value>50; 1 to 1,000.</value>
    public int MaxBatchCalls { get; set; } = 50;

    /// <summary>Calls of one batch under way at a time.</summary>
    /// <value>8; 1 to 100.</value>
    public int BatchParallelism { get; set; } = 8;

    /// <summary>Whether the audit record of a call holds its arguments. They may be secret.</summary>
    /// <value>false.</value>
    public bool AuditArguments { get; set; }

    /// <summary>How long a call waits for the answer to a question that was handed back to a caller who can only answer with a new request.</summary>
    /// <value>5 minutes; 1 second to 1 hour.</value>
    public TimeSpan ParkedCallLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong with these values, one sentence each.</summary>
    /// <param name="path">How the settings are named in the sentences, for example <c>Responses</c>.</param>
    internal IEnumerable<string> FindFaults(string path)
    {
        const long most = 16L * 1024 * 1024 * 1024;
        return new[]
        {
            SettingRange.Check(path, nameof(MaxTokens), MaxTokens ?? 50, 50, 10_000_000),
            SettingRange.Check(path, nameof(MaxStoredBytes), MaxStoredBytes, 0L, most),
            SettingRange.Check(path, nameof(MaxStoredBytesPerSession), MaxStoredBytesPerSession, 0L, most),
            SettingRange.Check(path, nameof(StoredResultLifetime), StoredResultLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            SettingRange.Check(path, nameof(PageCharacters), PageCharacters, 100, 1_000_000),
            SettingRange.Check(path, nameof(MaxBatchCalls), MaxBatchCalls, 1, 1_000),
            SettingRange.Check(path, nameof(BatchParallelism), BatchParallelism, 1, 100),
            SettingRange.Check(path, nameof(ParkedCallLifetime), ParkedCallLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        }.OfType<string>();
    }
}
