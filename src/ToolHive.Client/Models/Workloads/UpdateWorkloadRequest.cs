namespace ToolHive.Client.Models.Workloads;

/// <summary>Body of "change a workload", which restarts it. Members that are left out go back to ToolHive's defaults.</summary>
public sealed record UpdateWorkloadRequest : WorkloadSettings
{
    /// <summary>A request that changes nothing: the members of an existing workload, to be altered with <c>with</c>.</summary>
    public static UpdateWorkloadRequest From(WorkloadDetail detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        return new UpdateWorkloadRequest
        {
            Image = OrNull(detail.Image),
            Url = OrNull(detail.Url),
            RuntimeConfig = detail.RuntimeConfig,
            Host = OrNull(detail.Host),
            CmdArguments = detail.CmdArguments,
            TargetPort = detail.TargetPort,
            ProxyPort = detail.ProxyPort,
            EnvVars = detail.EnvVars,
            Secrets = detail.Secrets,
            Volumes = detail.Volumes,
            Transport = OrNull(detail.Transport),
            AuthzConfig = OrNull(detail.AuthzConfig),
            Oidc = detail.Oidc,
            PermissionProfile = detail.PermissionProfile,
            ProxyMode = OrNull(detail.ProxyMode),
            NetworkIsolation = detail.NetworkIsolation,
            TrustProxyHeaders = detail.TrustProxyHeaders,
            AllowDockerGateway = detail.AllowDockerGateway,
            Tools = detail.Tools,
            ToolsOverride = detail.ToolsOverride,
            Group = OrNull(detail.Group),
            OauthConfig = detail.OauthConfig,
            Headers = detail.Headers,
            HeaderForward = detail.HeaderForward,
        };
    }

    // Details hold empty texts where nothing was given, which a request must not repeat.
    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
