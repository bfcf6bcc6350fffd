namespace Coder.Client.Clients.Wire;

/// <summary>A place where workspace applications are served.</summary>
public sealed record Region
{
    /// <summary>Id of the region.</summary>
    public Guid Id { get; init; }

    /// <summary>Name of the region.</summary>
    public string? Name { get; init; }

    /// <summary>Name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether it is reachable.</summary>
    public bool Healthy { get; init; }

    /// <summary>Base address of path applications.</summary>
    public string? PathAppUrl { get; init; }

    /// <summary>Host pattern of subdomain applications, for example <c>*.apps.example.com</c>; empty when there is none.</summary>
    public string? WildcardHostname { get; init; }
}
