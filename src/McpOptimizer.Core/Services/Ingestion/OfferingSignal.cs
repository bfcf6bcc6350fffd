namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Asks for a look at resources and prompts.</summary>
internal sealed class OfferingSignal : PollingSignal;
