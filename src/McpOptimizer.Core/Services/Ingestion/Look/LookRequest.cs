namespace McpOptimizer.Core.Services.Ingestion.Look;

/// <summary>What is to be looked at.</summary>
/// <param name="IsAll">Whether everything is.</param>
/// <param name="Servers">Servers that said that something changed, each once.</param>
internal sealed record LookRequest(bool IsAll, IReadOnlyCollection<string> Servers);
