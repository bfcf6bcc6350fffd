using System.Text.Json.Serialization;

namespace Evaluation;

/// <summary>
/// How well and how fast a set, or a group of its queries, was answered. Recalls are means over queries of the share of relevant tools found.
/// </summary>
public sealed record Score
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("tools")]
    public required int Tools { get; init; }

    [JsonPropertyName("queries")]
    public required int Queries { get; init; }

    [JsonPropertyName("recall@1")]
    public required double Recall1 { get; init; }

    [JsonPropertyName("recall@3")]
    public required double Recall3 { get; init; }

    [JsonPropertyName("recall@5")]
    public required double Recall5 { get; init; }

    [JsonPropertyName("recall@8")]
    public required double Recall8 { get; init; }

    [JsonPropertyName("recall@10")]
    public required double Recall10 { get; init; }

    [JsonPropertyName("mrr")]
    public required double Mrr { get; init; }

    [JsonPropertyName("ndcg@5")]
    public required double Ndcg5 { get; init; }

    [JsonPropertyName("p50Ms")]
    public required double P50Ms { get; init; }

    [JsonPropertyName("p95Ms")]
    public required double P95Ms { get; init; }

    [JsonPropertyName("groups")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Score>? Groups { get; init; }
}
