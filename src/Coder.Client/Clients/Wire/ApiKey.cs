namespace Coder.Client.Clients.Wire;

/// <summary>An API key or token, without its secret.</summary>
public sealed record ApiKey
{
    /// <summary>The public part of the key: 10 characters.</summary>
    public string? Id { get; init; }

    /// <summary>Its user.</summary>
    public Guid UserId { get; init; }

    /// <summary>When it was last used.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>When it expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>How it was made.</summary>
    public string? LoginType { get; init; }

    /// <summary>The old, single scope.</summary>
    public string? Scope { get; init; }

    /// <summary>What it may do.</summary>
    public IReadOnlyList<string> Scopes { get => field ?? []; init => field = WireList.WithoutNulls(value); }

    /// <summary>Name given at creation.</summary>
    public string? TokenName { get; init; }

    /// <summary>Life in seconds.</summary>
    public long LifetimeSeconds { get; init; }
}
