namespace McpOptimizer.Core.Models.Calls;

/// <summary>Which part of a stored result to read. Without anything: the first page.</summary>
public sealed record StoredResultQuery
{
    /// <summary>The handle that came with the cut result.</summary>
    public required string Handle { get; init; }

    /// <summary>Content block to read, from 0; null for all text of the result in order.</summary>
    public int? Block { get; init; }

    /// <summary>Page, from 1; pages have <c>Responses.PageCharacters</c> characters, or <see cref="Length"/>. Not together with <see cref="Offset"/>.</summary>
    public int? Page { get; init; }

    /// <summary>First character to read, from 0.</summary>
    public int? Offset { get; init; }

    /// <summary>Most characters to read, 1 to 1,000,000; null for a page.</summary>
    public int? Length { get; init; }
}
