namespace Coder.Client.Models;

/// <summary>Which agents to list.</summary>
public sealed record AgentListQuery
{
    /// <summary>Only agents with this status.</summary>
    public AgentStatus? Status { get; init; }

    /// <summary>Only agents of this project, without regard to case.</summary>
    public string? Project { get; init; }

    /// <summary>Only agents of this organization, without regard to case.</summary>
    public string? Organization { get; init; }

    /// <summary>Whose agents: a user name, <c>me</c>, or <c>*</c> for all that the token can see; null is the configured owner.</summary>
    public string? Owner { get; init; }

    /// <summary>Only agents with this metadata: <c>key=value</c>, or <c>key</c> for any value.</summary>
    public string? Metadata { get; init; }

    /// <summary>Whether to read the metadata of online agents.</summary>
    public bool IncludeMetadata { get; init; }
}
