using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Callers;

/// <summary>For hosts that do not tell callers apart.</summary>
internal sealed class AnonymousCallerAccessor : ICallerAccessor
{
    public CallerIdentity Current => CallerIdentity.Anonymous;
}
