namespace Coder.Client.Models;

/// <summary>An application of an agent's workspace, and what is needed to reach it.</summary>
public sealed record AgentApp
{
    /// <summary>User name of the workspace's owner.</summary>
    public required string Owner { get; init; }

    /// <summary>Name of the workspace.</summary>
    public required string Workspace { get; init; }

    /// <summary>Name of the application in addresses.</summary>
    public required string Slug { get; init; }

    /// <summary>Whether it is reached under a subdomain.</summary>
    public bool Subdomain { get; init; }

    /// <summary>First label of that subdomain.</summary>
    public string? SubdomainName { get; init; }
}
