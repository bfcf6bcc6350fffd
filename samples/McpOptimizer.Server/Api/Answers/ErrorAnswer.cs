namespace McpOptimizer.Server.Api.Answers;

/// <summary>Why a request was refused: the one shape of errors.</summary>
/// <param name="Error">One sentence.</param>
internal sealed record ErrorAnswer(string Error);
