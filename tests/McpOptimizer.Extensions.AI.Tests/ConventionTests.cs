using Microsoft.Extensions.AI;
using Shared.Conventions;

namespace McpOptimizer.Extensions.AI.Tests;

public sealed class ConventionTests() : PackageConventionFacts(typeof(McpOptimizerChatClientBuilderExtensions).Assembly);
