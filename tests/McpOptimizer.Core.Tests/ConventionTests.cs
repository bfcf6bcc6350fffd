using Shared.Conventions;

namespace McpOptimizer.Core.Tests;

public sealed class ConventionTests() : PackageConventionFacts(typeof(McpOptimizerOptions).Assembly);
