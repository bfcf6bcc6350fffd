using Shared.Conventions;

namespace McpOptimizer.Core.Tests;

public sealed class ConventionTests() : PackageConventionFacts(typeof(McpOptimizerOptions).Assembly)
{
    // The plan that cuts it: a folder Services/Catalogue below the five, which holds the indexes, the gate and who may see what.
    protected override IReadOnlyList<string> KnownCircles => ["Models ↔ Models.Calls", "Services.Calls ↔ Services.Disclosure ↔ Services.Discovery ↔ Services.Explanations ↔ Services.Ingestion ↔ Services.Learning ↔ Services.Search ↔ Services.Trust"];
}
