using Shared.Conventions;

namespace McpOptimizer.Agents.Tests;

public sealed class ConventionTests() : PackageConventionFacts(typeof(McpOptimizerContextProvider).Assembly);
