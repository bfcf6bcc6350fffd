using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolHive.Client.Models.Workloads;

/// <summary>A workload's complete run configuration, for export. Parts that are only handed back to ToolHive are kept as JSON.</summary>
public sealed record RunConfig
{
    /// <summary>Version of the format.</summary>
    public string? SchemaVersion { get; init; }

    /// <summary>Name of the workload.</summary>
    public string? Name { get; init; }

    /// <summary>Name without suffix.</summary>
    public string? BaseName { get; init; }

    /// <summary>Name of its container.</summary>
    public string? ContainerName { get; init; }

    /// <summary>Labels of its container.</summary>
    public IReadOnlyDictionary<string, string> ContainerLabels { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>Container image.</summary>
    public string? Image { get; init; }

    /// <summary>Address of a remote server.</summary>
    public string? RemoteUrl { get; init; }

    /// <summary>Transport of the server.</summary>
    public string? Transport { get; init; }

    /// <summary>Transport of the proxy.</summary>
    public string? ProxyMode { get; init; }

    /// <summary>Address the proxy binds to.</summary>
    public string? Host { get; init; }

    /// <summary>Port of the proxy.</summary>
    public int? Port { get; init; }

    /// <summary>Host of the server behind the proxy.</summary>
    public string? TargetHost { get; init; }

    /// <summary>Port of the server behind the proxy.</summary>
    public int? TargetPort { get; init; }

    /// <summary>Published ports.</summary>
    public IReadOnlyList<string> Publish { get => field ?? []; init; }

    /// <summary>Arguments of the command.</summary>
    public IReadOnlyList<string> CmdArgs { get => field ?? []; init; }

    /// <summary>Environment. May hold secrets.</summary>
    public IReadOnlyDictionary<string, string> EnvVars { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>Folder of environment files.</summary>
    public string? EnvFileDir { get; init; }

    /// <summary>Secrets as <c>name,target=VARIABLE</c>.</summary>
    public IReadOnlyList<string> Secrets { get => field ?? []; init; }

    /// <summary>Mounts.</summary>
    public IReadOnlyList<string> Volumes { get => field ?? []; init; }

    /// <summary>Group.</summary>
    public string? Group { get; init; }

    /// <summary>Debug logging.</summary>
    public bool? Debug { get; init; }

    /// <summary>Whether network rules are enforced.</summary>
    public bool? IsolateNetwork { get; init; }

    /// <summary>Whether forwarded headers are believed.</summary>
    public bool? TrustProxyHeaders { get; init; }

    /// <summary>Whether the Docker gateway may be reached.</summary>
    public bool? AllowDockerGateway { get; init; }

    /// <summary>Whether the server keeps no sessions.</summary>
    public bool? Stateless { get; init; }

    /// <summary>Whether the proxy checks messages strictly.</summary>
    public bool? StrictProtocolValidation { get; init; }

    /// <summary>Permission profile.</summary>
    public string? PermissionProfileNameOrPath { get; init; }

    /// <summary>Path prefix of the proxy.</summary>
    public string? EndpointPrefix { get; init; }

    /// <summary>How long an idle session lives, as a Go duration.</summary>
    public string? SessionTtl { get; init; }

    /// <summary>Origins that may call.</summary>
    public IReadOnlyList<string> AllowedOrigins { get => field ?? []; init; }

    /// <summary>Tools that are let through; empty means all.</summary>
    public IReadOnlyList<string> ToolsFilter { get => field ?? []; init; }

    /// <summary>New names and descriptions of tools.</summary>
    public IReadOnlyDictionary<string, ToolOverride> ToolsOverride { get => field ?? ReadOnlyDictionary<string, ToolOverride>.Empty; init; }

    /// <summary>Headers the proxy adds.</summary>
    public HeaderForwarding? HeaderForward { get; init; }

    /// <summary>How its image was built.</summary>
    public RuntimeSettings? RuntimeConfig { get; init; }

    /// <summary>Registry it came from.</summary>
    public string? RegistryApiUrl { get; init; }

    /// <summary>Registry file it came from.</summary>
    public string? RegistryUrl { get; init; }

    /// <summary>Registry entry it came from.</summary>
    public string? RegistryServerName { get; init; }

    /// <summary>All other members (audit, authorization, telemetry, webhooks, rate limits …) as they came.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; set; }
}
