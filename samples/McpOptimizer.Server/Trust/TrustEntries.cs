using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Server.Trust;

/// <summary>A list in an object, so that members can be added.</summary>
internal sealed record TrustEntries(IReadOnlyList<TrustEntry> Entries);
