using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>Finds the tool a caller means, among those they may see.</summary>
public interface ICallTargetResolver
{
    /// <summary>Looks for a tool. Nothing in the answer may tell a hidden tool from one that does not exist.</summary>
    /// <param name="serverName">Server; null when only the tool's name is given, then that must be unambiguous. It may begin with the server's name and a separator.</param>
    /// <param name="toolName">Tool.</param>
    /// <param name="scope">What the caller may see.</param>
    CallTargetResult Resolve(string? serverName, string toolName, VisibilityScope scope);

    /// <summary>Whether a tool awaits approval: then earlier results of it are not handed out either.</summary>
    /// <param name="serverName">Its server.</param>
    /// <param name="toolName">The tool.</param>
    bool IsWithheld(string serverName, string toolName) => false;
}
