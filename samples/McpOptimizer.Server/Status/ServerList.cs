namespace McpOptimizer.Server.Status;

/// <summary>All servers by name, and what is wrong with the sources that list them.</summary>
/// <param name="Servers">The servers.</param>
/// <param name="Problems">What else its owner should know, one sentence each.</param>
internal sealed record ServerList(IReadOnlyList<ServerRow> Servers, IReadOnlyList<string> Problems)
{
    /// <summary>Those that do not do their work, though they should.</summary>
    public IEnumerable<ServerRow> NotReady => Servers.Where(server => server.State is "failed" or "starting");
}
