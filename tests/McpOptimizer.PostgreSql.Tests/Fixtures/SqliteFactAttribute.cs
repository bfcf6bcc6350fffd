namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>A fact of SQLite, which is none here.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqliteFactAttribute : Attribute;
