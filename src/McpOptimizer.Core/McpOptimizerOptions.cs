using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core;

/// <summary>Settings of the optimizer, grouped by what they concern.</summary>
public sealed class McpOptimizerOptions
{
    /// <summary>A file that records each call.</summary>
    public AuditSettings Audit { get; set; } = new();

    /// <summary>Ranking.</summary>
    [ValidateObjectMembers]
    public SearchSettings Search { get; set; } = new();

    /// <summary>Connections to backend servers.</summary>
    public BackendSettings Backends { get; set; } = new();

    /// <summary>What <c>find_tool</c> says about its own answer.</summary>
    [ValidateObjectMembers]
    public DisclosureSettings Disclosure { get; set; } = new();

    /// <summary>Where vectors come from.</summary>
    [ValidateObjectMembers]
    public EmbeddingSettings Embeddings { get; set; } = new();

    /// <summary>What asking a language model about tools may cost.</summary>
    [ValidateObjectMembers]
    public EnrichmentSettings Enrichment { get; set; } = new();

    /// <summary>Polling, matching and deletion.</summary>
    [ValidateObjectMembers]
    public IngestionSettings Ingestion { get; set; } = new();

    /// <summary>Ranking that learns from use.</summary>
    [ValidateObjectMembers]
    public LearningSettings Learning { get; set; } = new();

    /// <summary>The database.</summary>
    public StoreSettings Store { get; set; } = new();

    /// <summary>Resources and prompts of backends.</summary>
    public OfferingSettings Offerings { get; set; } = new();

    /// <summary>Results that are too large, and calls before they reach a backend.</summary>
    public ResponseSettings Responses { get; set; } = new();

    /// <summary>Approval of changed and new definitions.</summary>
    public TrustSettings Trust { get; set; } = new();

    /// <summary>Profiles by name: who addresses one (<c>/mcp/NAME</c> in the sample host), or whose token is bound to one, sees only what it allows.</summary>
    /// <value>None: every caller sees the same.</value>
    public IDictionary<string, ProfileSettings> Profiles { get; set; } = new Dictionary<string, ProfileSettings>(StringComparer.Ordinal);

    /// <summary>The profile of a subject that addresses none and that no profile names; null for none.</summary>
    /// <value>Null.</value>
    public string? DefaultProfile { get; set; }

    /// <summary>Whether <c>search_registry</c> and <c>install_server</c> are offered. Installing starts programs: it is off unless asked for.</summary>
    /// <value>False.</value>
    public bool EnableDynamicInstall { get; set; }
}
