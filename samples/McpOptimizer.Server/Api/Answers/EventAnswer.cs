namespace McpOptimizer.Server.Api.Answers;

/// <summary>Something changed.</summary>
/// <param name="Changed">What is to be asked for anew: calls (/api/calls) or overview (/api/overview).</param>
internal sealed record EventAnswer(string Changed);
