using System.Text.Json;

namespace McpOptimizer.Core.Models.Calls;

/// <summary>A tool as a backend lists it.</summary>
public sealed class BackendTool
{
    /// <summary>The tool's name, unique within its server.</summary>
    public required string Name { get; init; }

    /// <summary>Title, if any (the tool's own, else that of its annotations).</summary>
    public string? Title { get; init; }

    /// <summary>Description, if any.</summary>
    public string? Description { get; init; }

    /// <summary>The definition as compact JSON, UTF-8: as the backend sent it, without unset (null) members. Nulls inside schemas are kept, they mean something there.</summary>
    public required ReadOnlyMemory<byte> DefinitionJson { get; init; }

    /// <summary>The input schema; an empty object schema when the backend gave none.</summary>
    public required JsonElement InputSchema { get; init; }

    /// <summary>Whether the tool says that it changes nothing; null when it does not say.</summary>
    public bool? ReadOnlyHint { get; init; }

    /// <summary>Whether the tool says that it may destroy something; null when it does not say.</summary>
    public bool? DestructiveHint { get; init; }
}
