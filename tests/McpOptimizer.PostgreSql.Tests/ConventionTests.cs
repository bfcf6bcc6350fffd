using Shared.Conventions;

namespace McpOptimizer.PostgreSql.Tests;

public sealed class ConventionTests() : PackageConventionFacts(typeof(PostgreSqlStoreOptions).Assembly);
