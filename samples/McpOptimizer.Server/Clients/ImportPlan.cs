namespace McpOptimizer.Server.Clients;

/// <summary>What <c>import</c> found and what it would write.</summary>
/// <param name="Target">The servers file that would be written.</param>
/// <param name="Files">The clients' files, those without one left out.</param>
/// <param name="Servers">The servers in them.</param>
internal sealed record ImportPlan(string Target, IReadOnlyList<ImportFile> Files, IReadOnlyList<ImportServer> Servers)
{
    /// <summary>The servers that would be added.</summary>
    public IEnumerable<ImportServer> Additions() => Servers.Where(server => server.Outcome is ImportOutcome.Added or ImportOutcome.Renamed);
}
