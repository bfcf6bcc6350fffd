using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Common.Tools;

/// <summary>A tool as data: what it is called, takes and does to the world. What it does with a call is up to the kinds of declaration.</summary>
internal abstract record ToolDeclaration
{
    /// <summary>Its name over MCP.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>What it does, for people and models.</summary>
    public required string Description { get; init; }

    /// <summary>What it takes.</summary>
    public IReadOnlyList<ToolParameter> Parameters { get; init; } = [];

    /// <summary>Whether it takes anything beside its parameters, and judges itself what is missing.</summary>
    public bool TakesOthers { get; init; }

    /// <summary>What it does to the world.</summary>
    public ToolHints Hints { get; init; } = new();

    /// <summary>The parameter that a caller means by a name; null when there is none.</summary>
    public ToolParameter? Find(string name)
    {
        // For each argument of each call: a name as it is declared allocates nothing.
        for (int at = 0; at < Parameters.Count; at++)
        {
            if (Parameters[at].Name == name)
            {
                return Parameters[at];
            }
        }

        for (int at = 0; at < Parameters.Count; at++)
        {
            if (Parameters[at].IsCalled(name))
            {
                return Parameters[at];
            }
        }

        return null;
    }

    /// <summary>The tool as clients are told of it.</summary>
    /// <param name="input">The schema of what it takes.</param>
    /// <param name="output">The schema of what it answers; null for anything.</param>
    /// <param name="description">What it does, in other words; null takes those of the declaration.</param>
    public Tool Describe(JsonElement input, JsonElement? output, string? description = null) => new()
    {
        Name = Name,
        Title = Title,
        Description = description ?? Description,
        InputSchema = input,
        OutputSchema = output,
        Annotations = new ToolAnnotations
        {
            Title = Title,
            ReadOnlyHint = Hints.ReadOnly,
            DestructiveHint = Hints.Destructive,
            IdempotentHint = Hints.Idempotent,
            OpenWorldHint = Hints.OpenWorld,
        },
    };
}
