namespace Horreum.Client.Clients.Wire;

/// <summary>Signs in to a datastore anonymously.</summary>
public sealed record NoAuth
{
    /// <summary>Kind.</summary>
    public string? Type { get; init; }
}
