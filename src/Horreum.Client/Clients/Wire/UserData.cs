using System.Text.Json.Serialization;

namespace Horreum.Client.Clients.Wire;

/// <summary>A user.</summary>
public sealed record UserData
{
    /// <summary>Its id.</summary>
    public string? Id { get; init; }

    /// <summary>User name.</summary>
    [JsonPropertyName("username")]
    public string? UserName { get; init; }

    /// <summary>First name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Last name.</summary>
    public string? LastName { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }
}
