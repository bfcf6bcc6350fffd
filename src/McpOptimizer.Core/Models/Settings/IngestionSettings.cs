using System.ComponentModel.DataAnnotations;

namespace McpOptimizer.Core.Models.Settings;

/// <summary>How servers and tools are taken in.</summary>
public sealed class IngestionSettings
{
    /// <summary>Time between two looks at the workloads; zero to look once, at start. Sources that report changes are looked at sooner.</summary>
    /// <value>60 seconds; 0 to 300 seconds.</value>
    public TimeSpan WorkloadPollingInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time between two looks at the registry; zero to look once, at start.</summary>
    /// <value>1 day; 0 to 1 day.</value>
    public TimeSpan RegistryPollingInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long the first look at the workloads waits for the first look at the registry while nothing of a registry is stored, so that a first start links.
    /// A registry that comes later is matched then.
    /// </summary>
    /// <value>2 seconds; 0 to 300 seconds.</value>
    public TimeSpan RegistryHeadStart { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long <c>find_tool</c> waits, while its caller sees no tool at all, for servers that are being taken in. Then it says which are still starting.
    /// </summary>
    /// <value>5 seconds; 0 to 60 seconds.</value>
    public TimeSpan StartupWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many backends are asked for their tools at a time: so many addresses, and so many programs. One that has not answered within a moment does not
    /// count any more.
    /// </summary>
    /// <value>16; 1 to 256.</value>
    [Range(1, 256)]
    public int Parallelism { get; set; } = 16;

    /// <summary>How many servers at most are written in one transaction.</summary>
    /// <value>64; 1 to 1000.</value>
    [Range(1, 1000)]
    public int WriteBatchSize { get; set; } = 64;

    /// <summary>Workloads that are left out, by exact name; <c>*</c> stands for any text. Empty means <see cref="DefaultSkippedWorkloads"/>.</summary>
    /// <value>Empty.</value>
    public IList<string> SkippedWorkloads { get; set; } = [];

    /// <summary>What is left out unless <see cref="SkippedWorkloads"/> says otherwise: the inspector and ourselves.</summary>
    public static IReadOnlyList<string> DefaultSkippedWorkloads { get; } = ["inspector", "mcp-optimizer"];

    /// <summary>Groups whose servers are visible to searches and calls; empty for all.</summary>
    /// <value>Empty.</value>
    public IList<string> AllowedGroups { get; set; } = [];

    /// <summary>When links to registry entries are looked for.</summary>
    /// <value><see cref="RelinkPolicy.OnChange"/>.</value>
    public RelinkPolicy Relink { get; set; }
}
