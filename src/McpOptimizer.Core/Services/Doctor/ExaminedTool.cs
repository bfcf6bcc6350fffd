using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Doctor;

/// <summary>A tool with what the examination reads of it.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Definition">Its texts.</param>
/// <param name="Words">The words of its description, folded; empty without one.</param>
internal sealed record ExaminedTool(IndexedTool Tool, ToolDefinition Definition, string[] Words)
{
    /// <summary><c>server/name</c>.</summary>
    public string FullName => $"{Tool.ServerName}/{Tool.Name}";
}
