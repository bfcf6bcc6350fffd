using System.Text.Json.Serialization;

namespace Fleet.Metadata.Clients.Wire;

internal sealed record GitLabProject
{
    public long Id { get; init; }

    [JsonPropertyName("path_with_namespace")]
    public string? PathWithNamespace { get; init; }

    /// <summary>The project that this one is a fork of; null when it is none.</summary>
    [JsonPropertyName("forked_from_project")]
    public GitLabProject? ForkedFromProject { get; init; }
}
