namespace Coder.Client.Clients.Wire;

/// <summary>What server this is.</summary>
public sealed record BuildInfo
{
    /// <summary>Version with build id, for example <c>v2.27.1+230b55b</c>.</summary>
    public string? Version { get; init; }

    /// <summary>Address of the dashboard.</summary>
    public string? DashboardUrl { get; init; }

    /// <summary>Where the build's source is.</summary>
    public string? ExternalUrl { get; init; }

    /// <summary>Id of the deployment.</summary>
    public string? DeploymentId { get; init; }

    /// <summary>Version of the protocol to workspace agents.</summary>
    public string? AgentApiVersion { get; init; }
}
