using System.Text.Json;

namespace Horreum.Client.Clients.Wire;

/// <summary>Settings of an Elasticsearch datastore.</summary>
public sealed record ElasticsearchDatastoreConfig
{
    /// <summary>How to sign in; the member <c>type</c> says which kind.</summary>
    public JsonElement? Authentication { get; init; }

    /// <summary>Whether the server brings it along.</summary>
    public bool BuiltIn { get; init; }

    /// <summary>Its URL.</summary>
    public string? Url { get; init; }
}
