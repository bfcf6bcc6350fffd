using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Services.Ingestion.Plan;

/// <summary>
/// Finds the registry entry of a workload: remote to remote by URL, container to container by image, never across kinds and never by name.
/// Exact text first; then both addresses normalised.
/// </summary>
internal sealed class RegistryMatcher
{
    private readonly Dictionary<string, RegistryServer> _byUrl = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RegistryServer> _byImage = new(StringComparer.Ordinal);
    private readonly ILookup<string, RegistryServer> _byNormalizedUrl;

    public RegistryMatcher(IEnumerable<RegistryServer> entries)
    {
        List<RegistryServer> all = [.. entries];
        foreach (RegistryServer entry in all)
        {
            (entry.Remote ? _byUrl : _byImage)[entry.Key] = entry;
        }

        _byNormalizedUrl = all.Where(entry => entry.Remote).ToLookup(entry => NormalizeUrl(entry.Key), StringComparer.Ordinal);
    }

    /// <summary>The entry that fits, none, or the names of several that fit equally well.</summary>
    public RegistryMatch Match(string identifier, bool remote)
    {
        if (!remote)
        {
            return new RegistryMatch(_byImage.GetValueOrDefault(identifier), []);
        }

        if (_byUrl.TryGetValue(identifier, out RegistryServer? exact))
        {
            return new RegistryMatch(exact, []);
        }

        RegistryServer[] candidates = [.. _byNormalizedUrl[NormalizeUrl(identifier)]];
        return candidates.Length > 1
            ? new RegistryMatch(null, [.. candidates.Select(entry => entry.Name).Order(StringComparer.Ordinal)])
            : new RegistryMatch(candidates.FirstOrDefault(), []);
    }

    /// <summary>Scheme and host in lower case; default port, one trailing slash and fragment removed; path case and query kept.</summary>
    public static string NormalizeUrl(string url)
    {
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out Uri? address))
        {
            return url.Trim();
        }

        string path = address.AbsolutePath.EndsWith('/') ? address.AbsolutePath[..^1] : address.AbsolutePath;
        string port = address.IsDefaultPort ? "" : $":{address.Port}";
        return $"{address.Scheme}://{address.IdnHost.ToLowerInvariant()}{port}{path}{address.Query}";
    }
}
