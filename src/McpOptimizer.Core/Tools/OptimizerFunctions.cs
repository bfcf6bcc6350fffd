using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Offerings;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary>Wraps each tool; those for resources and prompts only where the caller sees some.</summary>
internal sealed class OptimizerFunctions(ToolFactory factory, IOfferingService offerings) : IOptimizerFunctions
{
    public IReadOnlyList<AIFunction> Create(CallerIdentity? caller = null)
    {
        CallerIdentity identity = caller ?? CallerIdentity.Anonymous;
        FixedCaller callers = new(identity);
        McpServer session = new DetachedServer(identity.SessionId ?? "functions-" + Guid.NewGuid().ToString("N"));
        return
        [
            .. factory.Create(callers)
                .Concat(offerings.HasResources(identity) ? factory.CreateForResources(callers) : [])
                .Concat(offerings.HasPrompts(identity) ? factory.CreateForPrompts(callers) : [])
                .Select(tool => new OptimizerFunction(tool, session)),
        ];
    }
}
