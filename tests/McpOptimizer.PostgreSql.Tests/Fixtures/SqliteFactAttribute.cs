#pragma warning disable IDE0130 // Stands in for the class of this name that the suites were written with.
namespace McpOptimizer.Core.Tests.Fixtures;
#pragma warning restore IDE0130

/// <summary>A fact of SQLite, which is none here.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqliteFactAttribute : Attribute;
