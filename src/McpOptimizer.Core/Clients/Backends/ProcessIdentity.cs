namespace McpOptimizer.Core.Clients.Backends;

/// <summary>One process and no later one: ids are used again.</summary>
/// <param name="Id">Its id.</param>
/// <param name="StartedAt">When it started, in the system's own count.</param>
internal readonly record struct ProcessIdentity(int Id, long StartedAt);
