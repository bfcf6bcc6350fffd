using System.ComponentModel;
using ModelContextProtocol.Server;

namespace TrimSmoke;

/// <summary>Takes a list and returns a record, so that both directions of the JSON are seen.</summary>
[McpServerToolType]
internal sealed class SumTool
{
    [McpServerTool(Name = "sum", ReadOnly = true, UseStructuredContent = true)]
    [Description("Adds numbers.")]
    public static Sum Add(IReadOnlyList<int> numbers) => new(numbers.Count, numbers.Sum());
}
