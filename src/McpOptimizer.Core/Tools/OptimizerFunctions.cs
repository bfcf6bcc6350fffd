using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Offerings;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Tools;

/// <summary>Wraps each tool; those for resources and prompts only where the caller sees some.</summary>
internal sealed class OptimizerFunctions(OptimizerTools tools, IOfferingService offerings) : IOptimizerFunctions
{
    public IReadOnlyList<AIFunction> Create(CallerIdentity? caller = null)
    {
        CallerIdentity identity = caller ?? CallerIdentity.Anonymous;
        DetachedServer session = new(identity.SessionId ?? "functions-" + Guid.NewGuid().ToString("N"));
        return
        [
            .. tools.ForEverybody
                .Concat(offerings.HasResources(identity) ? tools.ForResources : [])
                .Concat(offerings.HasPrompts(identity) ? tools.ForPrompts : [])
                .Select(tool => new OptimizerFunction(tool, session, identity)),
        ];
    }
}
