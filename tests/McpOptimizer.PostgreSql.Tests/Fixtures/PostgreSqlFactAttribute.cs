using Xunit.Sdk;

namespace McpOptimizer.PostgreSql.Tests.Fixtures;

/// <summary>A fact that needs a PostgreSQL server.</summary>
[XunitTestCaseDiscoverer("McpOptimizer.PostgreSql.Tests.Fixtures.PostgreSqlFactDiscoverer", "McpOptimizer.PostgreSql.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgreSqlFactAttribute : Xunit.FactAttribute;
