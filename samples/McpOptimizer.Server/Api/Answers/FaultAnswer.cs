namespace McpOptimizer.Server.Api.Answers;

/// <summary>Something of the optimizer itself that fails now.</summary>
/// <param name="Part">What fails.</param>
/// <param name="Message">How.</param>
/// <param name="Since">Since when.</param>
internal sealed record FaultAnswer(string Part, string Message, DateTimeOffset Since);
