namespace Coder.Client.Clients.Wire;

/// <summary>One application of a workspace agent. Its internal address is not read: it can hold a secret.</summary>
public sealed record WorkspaceApp
{
    /// <summary>Id of the application.</summary>
    public Guid Id { get; init; }

    /// <summary>Whether it is a mere link to somewhere else.</summary>
    public bool External { get; init; }

    /// <summary>Name in addresses.</summary>
    public string? Slug { get; init; }

    /// <summary>Name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether it is reached under a subdomain instead of a path.</summary>
    public bool Subdomain { get; init; }

    /// <summary>The first label of that subdomain.</summary>
    public string? SubdomainName { get; init; }

    /// <summary>owner, authenticated, organization or public.</summary>
    public string? SharingLevel { get; init; }

    /// <summary>disabled, initializing, healthy or unhealthy.</summary>
    public string? Health { get; init; }

    /// <summary>Whether the dashboard hides it.</summary>
    public bool Hidden { get; init; }

    /// <summary>What the application reported, in no particular order.</summary>
    public IReadOnlyList<AppStatus> Statuses { get => field ?? []; init => field = WireList.WithoutNulls(value); }
}
