using System.Collections.Concurrent;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Definitions;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>
/// What of trust holds without the store: a change is withheld here first and stored afterwards, so that neither a slow nor a broken store leaves it
/// callable meanwhile.
/// </summary>
internal sealed class TrustMemory(ToolIndexes indexes, TrustRules rules, TrustStatus status)
{
    private readonly ConcurrentDictionary<string, (string? Endpoint, string? Instructions)> _judged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _listed = new(StringComparer.Ordinal);
    private readonly KnownNames _names = new();

    /// <summary>Notes what a source says stands behind a server, before anybody can call it there.</summary>
    public void Meet(WorkloadDescriptor workload)
    {
        if (rules.PolicyOf(workload.Name) != TrustPolicy.Off && EndpointFingerprint.Of(workload) is { } seen)
        {
            _listed[workload.Name] = seen.Hash;
        }
    }

    /// <summary>Whether something else stands behind the server than what was judged last: nothing of it is called until that is judged.</summary>
    public bool IsMoved(string serverName) =>
        _listed.TryGetValue(serverName, out string? listed) && _judged.TryGetValue(serverName, out (string? Endpoint, string? Instructions) judged)
        && judged.Endpoint is not null && judged.Endpoint != listed;

    /// <summary>Whether the server must be judged and published again though its listing may be as it was.</summary>
    public bool MustJudge(string serverName) => status.IsUnstored(serverName) || IsMoved(serverName);

    /// <summary>Notes a verdict that is in the index and in the store.</summary>
    public void Settle(string serverName, TrustVerdict verdict)
    {
        _judged[serverName] = (verdict.EndpointHash, verdict.InstructionsHash);
        status.Stored(serverName);
    }

    /// <summary>Whether judging what is seen now must narrow what is visible, and to what: nothing but what is visible already and as it was.</summary>
    /// <returns>The narrower verdict; null when it would change nothing.</returns>
    public TrustVerdict? Narrow(TrustInput input)
    {
        if (rules.PolicyOf(input.ServerName) == TrustPolicy.Off)
        {
            return null;
        }

        bool server = IsServerChanged(input.ServerName, input.Endpoint?.Hash, input.Instructions, input.IsListing);
        Dictionary<string, string?> before = new(StringComparer.Ordinal);
        foreach (StoredTool tool in input.Before)
        {
            before[tool.Name] = tool.ContentHash;
        }

        ToolIndex index = indexes.Workloads.Current;
        TrustVerdict verdict = new() { WithholdsServer = server };
        bool narrows = server;
        foreach (StoredTool tool in input.Items)
        {
            bool isVisible = index.FindTool(input.ServerName, tool.Name) is not null;
            bool isSame = before.TryGetValue(tool.Name, out string? hash) && hash == tool.ContentHash;
            if (!isVisible || !isSame)
            {
                verdict.WithheldItems.Add(tool.Name);
                narrows |= isVisible;
            }
        }

        return narrows ? verdict : null;
    }

    /// <summary>The inputs with what is to be said of names that are new and look like those of other servers' tools.</summary>
    public IReadOnlyList<TrustInput> CompareNames(IReadOnlyList<TrustInput> inputs)
    {
        List<(TrustInput Input, string[] Added)> listings = [.. inputs.Select(input => (input, Added(input)))];
        if (listings.TrueForAll(listing => listing.Added.Length == 0))
        {
            return inputs;
        }

        lock (_names)
        {
            LookAlikes known = _names.Of(indexes.Workloads.Current);
            LookAlikes news = new();
            foreach ((TrustInput input, string[] added) in listings)
            {
                foreach (string name in added)
                {
                    news.Add(input.ServerName, name);
                }
            }

            return [.. listings.Select(listing => listing.Added.Length == 0 ? listing.Input : WithLookAlikes(listing.Input, listing.Added, known, news))];
        }
    }

    /// <summary>Gives back what comparing names took: no batch follows soon.</summary>
    public void ForgetNames()
    {
        lock (_names)
        {
            _names.Clear();
        }
    }

    private string[] Added(TrustInput input)
    {
        if (!input.IsListing || rules.PolicyOf(input.ServerName) == TrustPolicy.Off)
        {
            return [];
        }

        HashSet<string> before = [.. input.Before.Select(tool => tool.Name)];
        return [.. input.Items.Select(tool => tool.Name).Where(name => name.Length > 0 && !before.Contains(name))];
    }

    private static TrustInput WithLookAlikes(TrustInput input, string[] added, LookAlikes known, LookAlikes news)
    {
        Dictionary<string, IReadOnlyList<TrustFinding>> findings = new(input.Findings, StringComparer.Ordinal);
        foreach (string name in added)
        {
            if ((known.Find(input.ServerName, name) ?? news.Find(input.ServerName, name)) is { } alike)
            {
                findings[name] = [.. findings.GetValueOrDefault(name, []), alike];
            }
        }

        return input with { Findings = findings };
    }

    /// <summary>Whether something visible of a server is not as it is listed now, told without the store.</summary>
    /// <param name="workload">What its source says of it.</param>
    /// <param name="tools">What it lists; null when it was not asked or did not answer.</param>
    /// <param name="instructions">What it says about its use, if anything.</param>
    public bool IsChanged(WorkloadDescriptor workload, IReadOnlyList<ToolDefinition>? tools, string? instructions)
    {
        ToolIndex index = indexes.Workloads.Current;
        return rules.PolicyOf(workload.Name) != TrustPolicy.Off
            && (IsServerChanged(workload.Name, EndpointFingerprint.Of(workload)?.Hash, rules.Watched(workload.Name, instructions), tools is not null)
                || (tools ?? []).Any(tool => index.FindTool(workload.Name, tool.Name) is { } visible
                    && !visible.DefinitionJson.Span.SequenceEqual(tool.Json.Span) && ToolHasher.HashDefinition(visible.DefinitionJson) != ToolHasher.HashDefinition(tool.Json)));
    }

    /// <summary>Servers that the index shows, as it is to hold them when the store cannot be asked for more: withheld as a whole.</summary>
    public IReadOnlyList<ServerDocument> Withhold(IReadOnlyList<string> names) => names.Count == 0
        ? []
        : [.. indexes.Workloads.Current.Segments.SelectMany(view => view.Servers).OfType<IndexedServer>().Where(server => names.Contains(server.Name)).Select(Withheld)];

    private static ServerDocument Withheld(IndexedServer server) => new()
    {
        Id = server.Id,
        Name = server.Name,
        ContextName = server.ContextName,
        Description = server.Description,
        Group = server.Group,
        VirtualMcp = server.VirtualMcp,
        Status = server.Status,
        Tools = [],
        IsWithheld = true,
    };

    private bool IsServerChanged(string serverName, string? endpoint, string? instructions, bool isListing)
    {
        if (!_judged.TryGetValue(serverName, out (string? Endpoint, string? Instructions) judged))
        {
            return false;
        }

        bool instructs = isListing && rules.WatchesInstructions && instructions is not null && TrustJudge.HashInstructions(instructions) != judged.Instructions;
        return instructs || (endpoint is not null && judged.Endpoint is not null && endpoint != judged.Endpoint);
    }
}
