using System.Text.Json;

namespace Horreum.Client.Clients.Wire;

/// <summary>Settings of the built-in datastore.</summary>
public sealed record PostgresDatastoreConfig
{
    /// <summary>How to sign in; the member <c>type</c> says which kind.</summary>
    public JsonElement? Authentication { get; init; }

    /// <summary>Whether the server brings it along.</summary>
    public bool BuiltIn { get; init; }
}
