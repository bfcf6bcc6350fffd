using Shared.Conventions;

namespace McpOptimizer.Encoder.MiniLM.Tests;

public sealed class ConventionTests() : PackageConventionFacts(typeof(MiniLmEmbeddingGenerator).Assembly);
