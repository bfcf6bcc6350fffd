namespace Horreum.Client.Clients.Wire;

/// <summary>Signs in to a datastore with an API key.</summary>
public sealed record ApiKeyAuth
{
    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>The key.</summary>
    public string? ApiKey { get; init; }
}
