using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Discovery;

namespace McpOptimizer.Core.Tools;

/// <summary>For functions handed to one caller.</summary>
internal sealed class FixedCaller(CallerIdentity caller) : ICallerAccessor
{
    public CallerIdentity Current => caller;
}
