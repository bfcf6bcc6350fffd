using System.Text.Json.Serialization;

namespace Fleet.Metadata.Clients.Wire;

internal sealed record GitHubRepository
{
    public long Id { get; init; }

    [JsonPropertyName("full_name")]
    public string? FullName { get; init; }

    /// <summary>The repository that this one is a fork of; null when it is none.</summary>
    public GitHubRepository? Parent { get; init; }
}
