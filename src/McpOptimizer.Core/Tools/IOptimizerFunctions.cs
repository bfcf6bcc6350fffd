using McpOptimizer.Core.Models;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Tools;

/// <summary>The optimizer's tools as functions for any <see cref="IChatClient"/>: no MCP server in between, the same rules and records.</summary>
public interface IOptimizerFunctions
{
    /// <summary>
    /// <c>find_tool</c>, <c>call_tool</c> and the others that MCP clients get, with their descriptions and JSON schemas. Put them into <c>ChatOptions.Tools</c> and
    /// let <c>FunctionInvokingChatClient</c>, or whatever invokes functions, run them. A function answers structured JSON (<c>JsonElement</c>), a text, or for media a
    /// list of <see cref="AIContent"/>; what went wrong is a text that begins with <c>Error:</c>, for the model to read.
    /// </summary>
    /// <param name="caller">
    /// Whose profile and credentials count; null for nobody in particular. Results that were cut are readable through the functions of one call only, unless the
    /// caller names a session: functions made for the same subject and session are one conversation, whenever they were made.
    /// </param>
    IReadOnlyList<AIFunction> Create(CallerIdentity? caller = null);
}
