namespace McpOptimizer.Server.Api.Answers;

/// <summary>What was deleted of what was remembered.</summary>
/// <param name="Forgotten">How many requests.</param>
internal sealed record ForgottenAnswer(int Forgotten);
