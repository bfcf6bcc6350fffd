using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Callers;

/// <summary>Tells the tools who is calling. A host that knows profiles or tokens registers its own.</summary>
public interface ICallerAccessor
{
    /// <summary>The caller of the request being handled.</summary>
    CallerIdentity Current { get; }
}
