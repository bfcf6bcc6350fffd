using System.Globalization;
using System.Text.Json;
using ToolHive.Client.Clients.Kubernetes;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Kubernetes;

namespace ToolHive.Client.Repositories;

/// <summary>Turns the operator's resources, of either API version, into the domain's workloads.</summary>
internal static class KubernetesMapper
{
    private const string GroupLabel = "toolhive.stacklok.dev/group";

    /// <summary>The workload; null when the resource has no name.</summary>
    public static ToolHiveWorkload? Map(ResourceKind kind, JsonElement resource)
    {
        JsonElement? metadata = KubernetesJson.Find(resource, "metadata");
        JsonElement? spec = KubernetesJson.Find(resource, "spec");
        JsonElement? status = KubernetesJson.Find(resource, "status");
        if (KubernetesJson.Text(metadata, "name") is not { } name)
        {
            return null;
        }

        string? phase = KubernetesJson.Text(status, "phase");
        string? message = KubernetesJson.Text(status, "message");
        string? remoteUrl = KubernetesJson.Text(spec, "remoteUrl");
        bool isVirtual = kind == ResourceKind.VirtualServer;
        bool isRemote = kind == ResourceKind.RemoteProxy || kind == ResourceKind.ServerEntry;
        string? url = UrlOf(kind, KubernetesJson.Text(status, "url"), remoteUrl);
        Dictionary<string, string> labels = Texts(KubernetesJson.Find(metadata, "labels"));
        WorkloadStatus state = KubernetesJson.Text(metadata, "deletionTimestamp") is null ? StatusOf(phase) : WorkloadStatus.Removing;
        return new ToolHiveWorkload
        {
            Name = name,
            Namespace = KubernetesJson.Text(metadata, "namespace"),
            Kind = kind.Kind,
            Url = url,
            Transport = TransportOf(kind, spec, url),
            Status = state,
            StatusContext = WorkloadMapper.Context(state, url, message is null ? phase : $"{phase}: {message}"),
            Group = GroupOf(spec) ?? labels.GetValueOrDefault(GroupLabel) ?? "default",
            Identifier = isVirtual ? $"vmcp:{name}" : isRemote ? remoteUrl : KubernetesJson.Text(spec, "image"),
            IdentifierProblem = isVirtual || remoteUrl is not null || KubernetesJson.Text(spec, "image") is not null
                ? null
                : "its spec names neither image nor remoteUrl",
            IsRemote = isRemote,
            IsVirtual = isVirtual,
            CreatedAt = DateTimeOffset.TryParse(
                KubernetesJson.Text(metadata, "creationTimestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset created)
                ? created
                : null,
            Labels = labels,
            Headers = kind == ResourceKind.ServerEntry ? Texts(KubernetesJson.Find(spec, "headerForward", "addPlaintextHeaders")) : [],
        };
    }

    /// <summary>
    /// What an entry asks for that is not applied here, so that its server would refuse us or could not be trusted; null when there is nothing. The
    /// operator's proxies apply both themselves: only an entry is connected to without one.
    /// </summary>
    public static string? WhyUnreachable(JsonElement resource)
    {
        if (KubernetesJson.Find(resource, "spec", "externalAuthConfigRef") is { ValueKind: not JsonValueKind.Null } authentication)
        {
            return $"it wants the credentials of its externalAuthConfigRef{Quoted(KubernetesJson.Text(authentication, "name"))}, which are not applied to direct connections";
        }

        return KubernetesJson.Find(resource, "spec", "caBundleRef") is { ValueKind: not JsonValueKind.Null } bundle
            ? "its certificate is signed by the authority of its caBundleRef"
                + $"{Quoted(KubernetesJson.Text(bundle, "name") ?? KubernetesJson.Text(bundle, "configMapRef", "name"))}, which is not trusted for direct connections"
            : null;
    }

    private static string Quoted(string? name) => name is null ? "" : $" '{VisibleText.Shorten(name)}'";

    /// <summary>Headers whose values are in secrets: the header, the secret's name, and the key in it.</summary>
    public static IEnumerable<(string Header, string Secret, string Key)> SecretHeaders(JsonElement resource)
    {
        if (KubernetesJson.Find(resource, "spec", "headerForward", "addHeadersFromSecret") is not { ValueKind: JsonValueKind.Array } headers)
        {
            yield break;
        }

        foreach (JsonElement header in headers.EnumerateArray())
        {
            if (KubernetesJson.Text(header, "headerName") is { } name
                && KubernetesJson.Text(header, "valueSecretRef", "name") is { } secret
                && KubernetesJson.Text(header, "valueSecretRef", "key") is { } key)
            {
                yield return (name, secret, key);
            }
        }
    }

    // A reference is a text in v1alpha1 and an object in v1beta1; virtual servers once kept theirs in the config.
    private static string? GroupOf(JsonElement? spec) =>
        KubernetesJson.Text(spec, "groupRef") ?? KubernetesJson.Text(spec, "groupRef", "name")
        ?? KubernetesJson.Text(spec, "config", "groupRef") ?? KubernetesJson.Text(spec, "config", "groupRef", "name");

    private static WorkloadStatus StatusOf(string? phase) => phase?.ToUpperInvariant() switch
    {
        // A degraded virtual server has lost some of its backends and serves the others.
        "RUNNING" or "READY" or "VALID" or "DEGRADED" => WorkloadStatus.Running,
        "PENDING" or null => WorkloadStatus.Starting,
        "FAILED" => WorkloadStatus.Error,
        "TERMINATING" => WorkloadStatus.Removing,
        "STOPPED" => WorkloadStatus.Stopped,
        _ => WorkloadStatus.Unknown,
    };

    private static McpTransport TransportOf(ResourceKind kind, JsonElement? spec, string? url)
    {
        if (kind == ResourceKind.VirtualServer)
        {
            return McpTransport.StreamableHttp;
        }

        McpTransport transport = new(KubernetesJson.Text(spec, "transport")?.ToLowerInvariant());

        // Only a stdio server needs its proxy's mode; for the others the proxy speaks what the server speaks.
        return transport.IsHttp
            ? transport
            : WorkloadMapper.EffectiveTransport(new McpTransport(KubernetesJson.Text(spec, "proxyMode")?.ToLowerInvariant()), transport, url);
    }

    private static string? UrlOf(ResourceKind kind, string? statusUrl, string? remoteUrl)
    {
        if (kind == ResourceKind.ServerEntry)
        {
            return remoteUrl;
        }

        if (statusUrl is null || !Uri.TryCreate(statusUrl, UriKind.Absolute, out Uri? uri))
        {
            return statusUrl;
        }

        if (kind == ResourceKind.VirtualServer)
        {
            return uri.AbsolutePath.TrimEnd('/').EndsWith("/mcp", StringComparison.Ordinal) ? statusUrl : statusUrl.TrimEnd('/') + "/mcp";
        }

        // A remote proxy's status stops at the port; its paths are those of the server behind it.
        bool needsPath = kind == ResourceKind.RemoteProxy && uri.AbsolutePath == "/" && Uri.TryCreate(remoteUrl, UriKind.Absolute, out _);
        return needsPath ? statusUrl.TrimEnd('/') + new Uri(remoteUrl!).AbsolutePath.TrimEnd('/') : statusUrl;
    }

    private static Dictionary<string, string> Texts(JsonElement? texts) => texts is { ValueKind: JsonValueKind.Object } map
        ? map.EnumerateObject().Where(text => text.Value.ValueKind == JsonValueKind.String).ToDictionary(text => text.Name, text => text.Value.GetString()!)
        : [];
}
