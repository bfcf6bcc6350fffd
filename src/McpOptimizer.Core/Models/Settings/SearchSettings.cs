using System.ComponentModel.DataAnnotations;

namespace McpOptimizer.Core.Models.Settings;

/// <summary>Numbers of the ranking. Defaults were set on the evaluation sets; <c>tests/Evaluation</c> tells what a change does.</summary>
public sealed class SearchSettings
{
    /// <summary>Most tools a search returns.</summary>
    /// <value>8; 1 to 50.</value>
    [Range(1, 50)]
    public int MaxToolsToReturn { get; set; } = 8;
}
