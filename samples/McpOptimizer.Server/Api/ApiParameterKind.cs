namespace McpOptimizer.Server.Api;

/// <summary>What the value of a query parameter is.</summary>
internal enum ApiParameterKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole number within bounds.</summary>
    Number,

    /// <summary>true or false.</summary>
    Flag,
}
