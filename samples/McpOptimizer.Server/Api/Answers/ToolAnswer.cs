using System.Text.Json;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Server.Api.Answers;

/// <summary>A tool of the catalogue.</summary>
internal sealed record ToolAnswer
{
    /// <summary>The server.</summary>
    public required string Server { get; init; }

    /// <summary>The tool's own name.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public string? Title { get; init; }

    /// <summary>What it does.</summary>
    public string? Description { get; init; }

    /// <summary>Tokens of its definition.</summary>
    public required int Tokens { get; init; }

    /// <summary>Whether it says that it changes nothing.</summary>
    public required bool ReadOnly { get; init; }

    /// <summary>Whether it says that it may destroy something; absent when it does not say.</summary>
    public bool? Destructive { get; init; }

    /// <summary>How it stands with trust; administrators only, absent where trust is off.</summary>
    public TrustState? Trust { get; init; }

    /// <summary>How often it was found and called; administrators only, absent for never.</summary>
    public ToolUsageAnswer? Usage { get; init; }

    /// <summary>Its MCP definition; of one tool only.</summary>
    public JsonElement? Definition { get; init; }
}
