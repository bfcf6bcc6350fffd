namespace McpOptimizer.Server.Cli;

/// <summary>The optimizer that runs refused or failed; the message is its own sentence.</summary>
internal sealed class RunningOptimizerException(string message) : Exception(message);
