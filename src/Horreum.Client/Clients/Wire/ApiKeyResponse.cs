namespace Horreum.Client.Clients.Wire;

/// <summary>An API key without the key itself.</summary>
public sealed record ApiKeyResponse
{
    /// <summary>Its id.</summary>
    public long? Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Creation { get; init; }

    /// <summary>When it was last used.</summary>
    public DateTimeOffset? Access { get; init; }

    /// <summary>Whether it was revoked.</summary>
    public bool? IsRevoked { get; init; }

    /// <summary>Days until it expires without use.</summary>
    public long? ToExpiration { get; init; }
}
