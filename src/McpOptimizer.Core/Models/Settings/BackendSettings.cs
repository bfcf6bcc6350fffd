using System.ComponentModel.DataAnnotations;

namespace McpOptimizer.Core.Models.Settings;

/// <summary>How backend MCP servers are connected to and called.</summary>
public sealed class BackendSettings
{
    /// <summary>Longest time one operation on a backend may take, connection included.</summary>
    /// <value>20 seconds; 1 to 300 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
