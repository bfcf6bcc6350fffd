using System.Text.Json.Nodes;

namespace Horreum.Client.Tools;

/// <summary>A tool, whichever way it is called.</summary>
internal sealed record ToolDefinition
{
    /// <summary>Its name over MCP; over HTTP it has a prefix.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>What it does, for people and models.</summary>
    public required string Description { get; init; }

    /// <summary>What it takes.</summary>
    public IReadOnlyList<ToolParameter> Parameters { get; init; } = [];

    /// <summary>Names under which older callers know it; callable, not listed.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Whether it changes something in Horreum.</summary>
    public bool Writes { get; init; }

    /// <summary>Whether it can be answered without Horreum.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Does it.</summary>
    public required Func<ToolArguments, CancellationToken, Task<ToolResult>> RunAsync { get; init; }

    /// <summary>The JSON schema of its answers; null when it answers JSON of any shape.</summary>
    public Func<ContractJson, JsonNode>? OutputSchema { get; init; }
}
