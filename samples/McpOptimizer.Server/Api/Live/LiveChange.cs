namespace McpOptimizer.Server.Api.Live;

/// <summary>What is to be asked for anew.</summary>
internal enum LiveChange
{
    /// <summary>The last calls.</summary>
    Calls,

    /// <summary>How everything stands.</summary>
    Overview,
}
