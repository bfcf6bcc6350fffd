using System.Text.Json.Serialization;
using Horreum.Client.Models;

namespace Horreum.Client.Services.Paging;

/// <summary>What a page token says once its signature is checked.</summary>
internal sealed record PageToken
{
    /// <summary>Hash of the list and its filters, without paging and times.</summary>
    [JsonPropertyName("q")]
    public required string Query { get; init; }

    /// <summary>Hash of the time texts of the first request, so that they may be left out later but not changed.</summary>
    [JsonPropertyName("t")]
    public string? Times { get; init; }

    /// <summary>Items on a page.</summary>
    [JsonPropertyName("s")]
    public required int Size { get; init; }

    /// <summary>How many items of the list lie before the next page, as counted when the token was made.</summary>
    [JsonPropertyName("r")]
    public long Rank { get; init; }

    /// <summary>How many items of the answer lie before the next page.</summary>
    [JsonPropertyName("o")]
    public long Offset { get; init; }

    /// <summary>Interval of the first request, in milliseconds since 1970: words such as 'last week' must not drift from page to page.</summary>
    [JsonPropertyName("f")]
    public long? From { get; init; }

    /// <summary>End of the interval.</summary>
    [JsonPropertyName("u")]
    public long? To { get; init; }

    /// <summary>Whether the interval is the default one.</summary>
    [JsonPropertyName("d")]
    public bool Defaulted { get; init; }

    /// <summary>Start of the last item given out; the next page continues behind it, wherever it has moved.</summary>
    [JsonPropertyName("a")]
    public long? Anchor { get; init; }

    /// <summary>Ids given out that start at the anchor.</summary>
    [JsonPropertyName("i")]
    public IReadOnlyList<long>? Seen { get; init; }

    /// <summary>Total of the first request.</summary>
    [JsonPropertyName("n")]
    public long? Total { get; init; }

    /// <summary>Which of several lists is read.</summary>
    [JsonPropertyName("l")]
    public string? List { get; init; }

    /// <summary>The interval of the first request.</summary>
    [JsonIgnore]
    public AppliedTimeRange Range => new()
    {
        From = From is { } from ? DateTimeOffset.FromUnixTimeMilliseconds(from) : null,
        To = To is { } to ? DateTimeOffset.FromUnixTimeMilliseconds(to) : null,
        Defaulted = Defaulted,
    };
}
