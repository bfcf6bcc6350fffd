namespace Coder.Client.Clients.Wire;

/// <summary>A token to create.</summary>
public sealed record CreateTokenRequest
{
    /// <summary>Name of the token; Coder makes one up when null.</summary>
    public string? TokenName { get; init; }

    /// <summary>Life in <b>nanoseconds</b>; see <see cref="TokenConfig.MaxTokenLifetime"/>.</summary>
    public long? Lifetime { get; init; }

    /// <summary><c>all</c> or <c>application_connect</c>.</summary>
    public string? Scope { get; init; }
}
