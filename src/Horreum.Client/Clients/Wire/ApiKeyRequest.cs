namespace Horreum.Client.Clients.Wire;

/// <summary>A new API key.</summary>
public sealed record ApiKeyRequest
{
    /// <summary>Name of the key.</summary>
    public string? Name { get; init; }

    /// <summary>Kind of the key: <c>USER</c>.</summary>
    public string? Type { get; init; }
}
