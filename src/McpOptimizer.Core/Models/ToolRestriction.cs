using System.IO.Enumeration;

namespace McpOptimizer.Core.Models;

/// <summary>Which of a server's tools its entry lets through: what the owner of a client's file wrote there keeps holding when another client reads it.</summary>
public sealed record ToolRestriction
{
    /// <summary>The only tools that are offered, with <c>*</c> and <c>?</c> as wildcards; null for all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>Tools that are not offered, with <c>*</c> and <c>?</c> as wildcards; stronger than <see cref="Only"/>.</summary>
    public IReadOnlyList<string> Without { get => field ?? []; init; }

    /// <summary>Whether a tool of this name is offered. Case counts, as it does in MCP.</summary>
    public bool Offers(string toolName)
    {
        ArgumentNullException.ThrowIfNull(toolName);
        return (Only is null || Only.Any(Matches)) && !Without.Any(Matches);

        bool Matches(string pattern) => FileSystemName.MatchesSimpleExpression(pattern, toolName, ignoreCase: false);
    }
}
