using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Callers;

namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>The caller that a test says.</summary>
internal sealed class SettableCaller : ICallerAccessor
{
    public CallerIdentity Current { get; set; } = CallerIdentity.Anonymous;
}
