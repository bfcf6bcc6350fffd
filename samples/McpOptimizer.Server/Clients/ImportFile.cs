namespace McpOptimizer.Server.Clients;

/// <summary>One client's file.</summary>
/// <param name="Client">The client's name as people know it.</param>
/// <param name="Path">The file.</param>
/// <param name="Problem">Why it could not be read; null when it could.</param>
internal sealed record ImportFile(string Client, string Path, string? Problem);
