namespace McpOptimizer.Core.Models.Settings;

/// <summary>A file with one line of JSON for each call. Arguments stand in it only with <see cref="ResponseSettings.AuditArguments"/>.</summary>
public sealed class AuditSettings
{
    /// <summary>The file; its folder is made when missing, and both are readable by their owner alone. Null for none. Several processes may share one.</summary>
    /// <value>Null.</value>
    public string? File { get; set; }

    /// <summary>How large the file may become before it is renamed to <c>FILE.1</c>, the one before it to <c>FILE.2</c>, and so on.</summary>
    /// <value>16 MiB; 64 KiB to 4 GiB.</value>
    public long MaxBytes { get; set; } = 16L * 1024 * 1024;

    /// <summary>How many files there are at most, the present one included; the oldest is deleted.</summary>
    /// <value>8; 1 to 1,000.</value>
    public int MaxFiles { get; set; } = 8;

    /// <summary>
    /// Whether the disk is waited for (fsync) after each write, so that a power failure loses nothing that was written. Without it the operating system writes when
    /// it likes, within half a minute as a rule; a crash of this process alone loses nothing that was handed over either way.
    /// </summary>
    /// <value>False.</value>
    public bool Durable { get; set; }

    /// <summary>What is wrong with these values, one sentence each.</summary>
    /// <param name="path">How the settings are named in the sentences, for example <c>Audit</c>.</param>
    internal IEnumerable<string> FindFaults(string path)
    {
        string? empty = File is { } file && string.IsNullOrWhiteSpace(file) ? $"{path}:{nameof(File)} is empty; give the path of a file, or leave it out." : null;
        return new[]
        {
            empty,
            SettingRange.Check(path, nameof(MaxBytes), MaxBytes, 64L * 1024, 4L * 1024 * 1024 * 1024),
            SettingRange.Check(path, nameof(MaxFiles), MaxFiles, 1, 1_000),
        }.OfType<string>();
    }
}
