namespace Shared.Forge;

/// <summary>One request that the stub saw.</summary>
/// <param name="Path">Path and query, as sent.</param>
/// <param name="Authorization">The header; null when absent.</param>
/// <param name="EntityTag">The If-None-Match header; null when absent.</param>
/// <param name="Status">What was answered.</param>
public sealed record ForgeRequest(string Path, string? Authorization, string? EntityTag, int Status);
