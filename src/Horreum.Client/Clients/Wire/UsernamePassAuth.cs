using System.Text.Json.Serialization;

namespace Horreum.Client.Clients.Wire;

/// <summary>Signs in to a datastore with a user name and a password.</summary>
public sealed record UsernamePassAuth
{
    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>User name.</summary>
    [JsonPropertyName("username")]
    public string? UserName { get; init; }

    /// <summary>Password.</summary>
    public string? Password { get; init; }
}
