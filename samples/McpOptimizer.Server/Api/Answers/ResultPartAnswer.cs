namespace McpOptimizer.Server.Api.Answers;

/// <summary>A part of the text of a result that was cut.</summary>
internal sealed record ResultPartAnswer
{
    /// <summary>The part.</summary>
    public required string Text { get; init; }

    /// <summary>Its first character, from 0.</summary>
    public required int Offset { get; init; }

    /// <summary>Characters that there are.</summary>
    public required int Total { get; init; }

    /// <summary>Where to read on; absent at the end.</summary>
    public int? Next { get; init; }
}
