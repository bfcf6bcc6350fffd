using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Models.Settings;

/// <summary>Which definitions have to be approved before they are found and called.</summary>
public sealed class TrustSettings
{
    /// <summary>The rule for servers that <see cref="Servers"/> does not name.</summary>
    /// <value><see cref="TrustPolicy.Pin"/>.</value>
    public TrustPolicy Policy { get; set; } = TrustPolicy.Pin;

    /// <summary>Rules by server name, <c>*</c> for any text. The exact name counts most, then the longest pattern; of several that fit, only that one counts.</summary>
    /// <value>None.</value>
    public IDictionary<string, TrustServerSettings> Servers { get; set; } = new Dictionary<string, TrustServerSettings>(StringComparer.Ordinal);

    /// <summary>
    /// Whether, under <see cref="TrustPolicy.Pin"/>, a definition in which the scan finds something of high severity must be approved on first sight too.
    /// Tools that were stored before trust was watched are not held back by it.
    /// </summary>
    /// <value>True: what is reported as high is practically never meant for a reader.</value>
    public bool BlockFirstSight { get; set; } = true;

    /// <summary>Whether a server's instructions are watched too. While they await approval, no tool of the server is found or called.</summary>
    /// <value>True; set it to false, or the server to <see cref="TrustPolicy.Off"/>, for servers whose instructions differ at each start.</value>
    public bool WatchInstructions { get; set; } = true;

    /// <summary>How often to look whether another process on the same database, such as the command line, decided something.</summary>
    /// <value>2 seconds; 100 ms to 5 minutes.</value>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the log keeps what the optimizer saw. What people decided is kept for ever.</summary>
    /// <value>30 days; 1 hour to 10 years.</value>
    public TimeSpan ObservationRetention { get; set; } = TimeSpan.FromDays(30);
}
