using System.Text.Json.Serialization;

namespace Fleet.Metadata.Clients.Wire;

internal sealed record GitLabMergeRequest
{
    public long Iid { get; init; }

    public string? State { get; init; }

    public string? Title { get; init; }

    [JsonPropertyName("web_url")]
    public string? WebUrl { get; init; }

    [JsonPropertyName("source_branch")]
    public string? SourceBranch { get; init; }

    /// <summary>The project that holds the branch; null when it was deleted.</summary>
    [JsonPropertyName("source_project_id")]
    public long? SourceProjectId { get; init; }
}
