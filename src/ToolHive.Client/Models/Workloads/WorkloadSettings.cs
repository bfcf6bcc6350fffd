using ToolHive.Client.Models.Permissions;
using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Models.Workloads;

/// <summary>What creating, changing and reading a workload have in common. A null member is not sent.</summary>
public abstract record WorkloadSettings
{
    /// <summary>Container image, or <c>uvx://</c>, <c>npx://</c>, <c>go://</c> package.</summary>
    public string? Image { get; init; }

    /// <summary>Address of a remote server. Exactly one of image, url and registry entry says what to run.</summary>
    public string? Url { get; init; }

    /// <summary>How to build the image of a package scheme; only legal with one.</summary>
    public RuntimeSettings? RuntimeConfig { get; init; }

    /// <summary>Address the proxy binds to.</summary>
    public string? Host { get; init; }

    /// <summary>Arguments of the container's command.</summary>
    public IReadOnlyList<string>? CmdArguments { get; init; }

    /// <summary>Port inside the container.</summary>
    public int? TargetPort { get; init; }

    /// <summary>Port of the proxy; null lets ToolHive choose.</summary>
    public int? ProxyPort { get; init; }

    /// <summary>Environment of the container. Values may be secret and never appear in logs or exceptions.</summary>
    public IReadOnlyDictionary<string, string>? EnvVars { get; init; }

    /// <summary>Secrets of ToolHive's store and the variables they go to.</summary>
    public IReadOnlyList<SecretReference>? Secrets { get; init; }

    /// <summary>Mounts as <c>host:container[:ro]</c>.</summary>
    public IReadOnlyList<string>? Volumes { get; init; }

    /// <summary><c>stdio</c>, <c>sse</c> or <c>streamable-http</c>.</summary>
    public string? Transport { get; init; }

    /// <summary>Path of an authorization configuration.</summary>
    public string? AuthzConfig { get; init; }

    /// <summary>Who may call the proxy.</summary>
    public OidcSettings? Oidc { get; init; }

    /// <summary>What the container may read, write and reach.</summary>
    public PermissionProfile? PermissionProfile { get; init; }

    /// <summary><c>sse</c> or <c>streamable-http</c> (ToolHive's default).</summary>
    public string? ProxyMode { get; init; }

    /// <summary>Whether the permission profile's network rules are enforced; null means true, also on a change.</summary>
    public bool? NetworkIsolation { get; init; }

    /// <summary>Whether forwarded headers are believed.</summary>
    public bool? TrustProxyHeaders { get; init; }

    /// <summary>Whether the container may reach the Docker gateway.</summary>
    public bool? AllowDockerGateway { get; init; }

    /// <summary>Names of the tools to let through; null lets all through.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>New names and descriptions of tools, by their real name.</summary>
    public IReadOnlyDictionary<string, ToolOverride>? ToolsOverride { get; init; }

    /// <summary>Group, which must exist; null means <c>default</c>.</summary>
    public string? Group { get; init; }

    /// <summary>How ToolHive signs in to a remote server.</summary>
    public RemoteOAuthSettings? OauthConfig { get; init; }

    /// <summary>Headers that a remote server wants.</summary>
    public IReadOnlyList<RegistryHeader>? Headers { get; init; }

    /// <summary>Headers that the proxy adds to each request of a remote server.</summary>
    public HeaderForwarding? HeaderForward { get; init; }
}
