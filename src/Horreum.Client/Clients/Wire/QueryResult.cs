using System.Text.Json.Serialization;

namespace Horreum.Client.Clients.Wire;

/// <summary>Result of a JSONPath expression.</summary>
public sealed record QueryResult
{
    /// <summary>Whether it holds.</summary>
    public bool Valid { get; init; }

    /// <summary>JSONPath expression, in the dialect of PostgreSQL.</summary>
    [JsonPropertyName("jsonpath")]
    public string? JsonPath { get; init; }

    /// <summary>Error code of the database.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>State code of the database.</summary>
    public string? SqlState { get; init; }

    /// <summary>Why it is not valid.</summary>
    public string? Reason { get; init; }

    /// <summary>Statement that the database ran.</summary>
    public string? Sql { get; init; }

    /// <summary>JSON text of the result.</summary>
    public string? Value { get; init; }
}
