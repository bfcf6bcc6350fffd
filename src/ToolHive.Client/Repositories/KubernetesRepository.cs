using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ToolHive.Client.Clients.Kubernetes;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Groups;
using ToolHive.Client.Models.Kubernetes;

namespace ToolHive.Client.Repositories;

/// <summary>ToolHive's resources in a cluster, mapped to the domain.</summary>
internal sealed class KubernetesRepository(KubernetesApiClient api)
{
    /// <summary>A listing whose pages expire while they are read is begun anew so often.</summary>
    private const int MaxRestarts = 3;

    // Newest first. Clusters with an older operator serve the second only.
    private static readonly string[] Versions = ["v1beta1", "v1alpha1"];

    private readonly ConcurrentDictionary<string, string> _versions = new(StringComparer.Ordinal);

    /// <summary>All workloads of a kind, all pages. A kind that the cluster does not know is an empty list.</summary>
    public async Task<ResourceList> ListAsync(ResourceKind kind, string? scope, CancellationToken cancellationToken = default)
    {
        (List<JsonElement> items, string? resourceVersion, bool isKnown) = await ListAllAsync(kind, scope, cancellationToken).ConfigureAwait(false);
        List<ToolHiveWorkload> workloads = new(items.Count);
        List<string> problems = [];
        foreach (JsonElement item in items)
        {
            if (await MapAsync(kind, item, cancellationToken).ConfigureAwait(false) is { } workload)
            {
                workloads.Add(workload);
            }
            else
            {
                problems.Add($"a {kind.Kind} has no name");
            }
        }

        return new ResourceList(workloads, problems, resourceVersion, isKnown);
    }

    /// <summary>Changes of a kind from a version on, until the server ends the watch.</summary>
    public async IAsyncEnumerable<ResourceChange> WatchAsync(
        ResourceKind kind, string? scope, string? resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string version = _versions.GetValueOrDefault(kind.Plural, Versions[0]);
        await foreach (WatchEvent change in api.WatchAsync(version, kind.Plural, scope, resourceVersion, cancellationToken).ConfigureAwait(false))
        {
            string? reached = KubernetesJson.Text(change.Resource, "metadata", "resourceVersion");
            ToolHiveWorkload? workload = change.Type == "BOOKMARK" ? null : await MapAsync(kind, change.Resource, cancellationToken).ConfigureAwait(false);
            yield return change.Type switch
            {
                "ADDED" or "MODIFIED" => new ResourceChange(reached, workload?.Key, workload, workload is null ? $"a {kind.Kind} has no name" : null),
                "DELETED" => new ResourceChange(reached, workload?.Key, null, null),

                // Bookmarks, and what later servers may send.
                _ => new ResourceChange(reached, null, null, null),
            };
        }
    }

    /// <summary>All groups.</summary>
    public async Task<IReadOnlyList<Group>> ListGroupsAsync(string? scope, CancellationToken cancellationToken = default)
    {
        (List<JsonElement> items, _, _) = await ListAllAsync(ResourceKind.Group, scope, cancellationToken).ConfigureAwait(false);
        return [.. items.Select(
            item => KubernetesJson.Text(item, "metadata", "name")).OfType<string>().Distinct(StringComparer.Ordinal).Select(name => new Group { Name = name })];
    }

    // Without its headers a server would refuse us: it counts as failed, with the reason, until the secret can be read.
    private async Task<ToolHiveWorkload?> MapAsync(ResourceKind kind, JsonElement resource, CancellationToken cancellationToken)
    {
        ToolHiveWorkload? workload = KubernetesMapper.Map(kind, resource);
        if (workload?.Namespace is not { } scope || kind != ResourceKind.ServerEntry)
        {
            return workload;
        }

        if (KubernetesMapper.WhyUnreachable(resource) is { } unreachable)
        {
            return workload with { Status = WorkloadStatus.Error, StatusContext = unreachable };
        }

        Dictionary<string, string> headers = new(workload.Headers, StringComparer.OrdinalIgnoreCase);
        foreach ((string header, string name, string key) in KubernetesMapper.SecretHeaders(resource))
        {
            try
            {
                headers[header] = await api.GetSecretAsync(scope, name, key, cancellationToken).ConfigureAwait(false)
                    ?? throw new ToolHiveUnavailableException($"it has no key '{key}'");
            }
            catch (HttpRequestException e)
            {
                string reason = $"the secret '{name}' for its header {header} cannot be read: {e.Message}";
                return workload with { Status = WorkloadStatus.Error, StatusContext = reason };
            }
        }

        return workload with { Headers = headers };
    }

    private async Task<(List<JsonElement> Items, string? ResourceVersion, bool IsKnown)> ListAllAsync(
        ResourceKind kind, string? scope, CancellationToken cancellationToken)
    {
        string? known = _versions.GetValueOrDefault(kind.Plural);
        foreach (string version in known is null ? Versions : [known, .. Versions.Where(version => version != known)])
        {
            try
            {
                (List<JsonElement> items, string? resourceVersion) = await ListPagesAsync(version, kind, scope, cancellationToken).ConfigureAwait(false);
                _versions[kind.Plural] = version;
                return (items, resourceVersion, true);
            }
            catch (ToolHiveApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
            {
                // The cluster does not serve this version of the kind.
            }
        }

        _versions.TryRemove(kind.Plural, out _);
        return ([], null, false);
    }

    private async Task<(List<JsonElement> Items, string? ResourceVersion)> ListPagesAsync(
        string version, ResourceKind kind, string? scope, CancellationToken cancellationToken)
    {
        for (int restart = 0; ; restart++)
        {
            try
            {
                List<JsonElement> items = [];
                ResourcePage page;
                string? next = null;
                do
                {
                    page = await api.GetPageAsync(version, kind.Plural, scope, next, cancellationToken).ConfigureAwait(false);
                    items.AddRange(page.Items);
                    next = page.Continue;
                }
                while (next is not null);
                return (items, page.ResourceVersion);
            }
            catch (ToolHiveApiException e) when (e.StatusCode == HttpStatusCode.Gone && restart < MaxRestarts)
            {
                // The next page expired. Half a listing is none: begin again.
            }
        }
    }
}
