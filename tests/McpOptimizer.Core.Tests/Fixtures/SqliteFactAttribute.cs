namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>A fact of SQLite: it looks into the file, or has two processes take servers in on one. The other tests of its class hold on every store.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqliteFactAttribute : FactAttribute;
