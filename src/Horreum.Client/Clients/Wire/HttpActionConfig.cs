namespace Horreum.Client.Clients.Wire;

/// <summary>Settings of an action that calls a URL.</summary>
public sealed record HttpActionConfig
{
    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>Its URL.</summary>
    public string? Url { get; init; }
}
