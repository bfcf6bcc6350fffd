using System.Text.Json.Nodes;

namespace McpOptimizer.Core.Models.Calls;

/// <summary>A part of a stored result.</summary>
public sealed record StoredResultPage
{
    /// <summary>The part's text; empty for a block that is not text.</summary>
    public required string Text { get; init; }

    /// <summary>The block itself when it is not text (an image, for example); else null.</summary>
    public JsonObject? Block { get; init; }

    /// <summary>First character of the part, from 0.</summary>
    public required int Offset { get; init; }

    /// <summary>Characters there are.</summary>
    public required int TotalLength { get; init; }

    /// <summary>Where to read on; null at the end.</summary>
    public int? NextOffset { get; init; }
}
