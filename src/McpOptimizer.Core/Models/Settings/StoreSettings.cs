namespace McpOptimizer.Core.Models.Settings;

/// <summary>Where the optimizer keeps what it knows.</summary>
public sealed class StoreSettings
{
    /// <summary>Path of the SQLite database file; its folder is created when missing.</summary>
    /// <value><c>mcp-optimizer/optimizer.db</c> below the user's local application data folder.</value>
    public string DatabasePath { get; set; } = DefaultPath();

    /// <summary>How long a write waits for another process that holds the database.</summary>
    /// <value>5 seconds; more than 0, at most 5 minutes.</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether the file is only read, and none is made where there is none. What is written then stays in memory and ends with the process. For commands that
    /// only look.
    /// </summary>
    /// <value>False.</value>
    public bool ReadOnly { get; set; }

    private static string DefaultPath() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "mcp-optimizer", "optimizer.db");
}
