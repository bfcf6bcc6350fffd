using Microsoft.Extensions.DependencyInjection;

namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>
/// On which store the suites run: a file. The tests of McpOptimizer.PostgreSql compile the same suites with a class of this name that gives a schema for each path.
/// </summary>
internal static class TestStore
{
    public static void Register(IServiceCollection services, string path)
    {
        // SQLite is what AddMcpOptimizer registers.
    }
}
