using System.Text.Json.Serialization;

namespace Fleet.Metadata.Clients.Wire;

internal sealed record GitHubPull
{
    public long Number { get; init; }

    public string? State { get; init; }

    public string? Title { get; init; }

    [JsonPropertyName("html_url")]
    public string? HtmlUrl { get; init; }

    [JsonPropertyName("merged_at")]
    public string? MergedAt { get; init; }

    public GitHubPullHead? Head { get; init; }
}
