namespace McpOptimizer.Core.Models.Settings;

/// <summary>How backend MCP servers are connected to and called.</summary>
public sealed class BackendSettings
{
    /// <summary>Longest time one operation on a backend may take, connection included.</summary>
    /// <value>20 seconds; 1 to 300 seconds.</value>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
