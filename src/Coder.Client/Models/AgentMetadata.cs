namespace Coder.Client.Models;

/// <summary>Metadata of one agent: the fields, or why they could not be read.</summary>
public sealed record AgentMetadata
{
    /// <summary>Fields by name; null when they could not be read.</summary>
    public IReadOnlyDictionary<string, MetadataField>? Fields { get; init; }

    /// <summary>Why they could not be read; null when they were.</summary>
    public string? Error { get; init; }

    /// <summary>Metadata that could not be read.</summary>
    public static AgentMetadata Unreadable(string error) => new() { Error = error };
}
