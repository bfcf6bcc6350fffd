
namespace McpOptimizer.PostgreSql.Tests.Fixtures;

public sealed class AvailabilityTests
{
    [Xunit.Fact]
    public void Suite_WithoutPostgreSql_SaysSoOnce()
    {
        if (!PostgreSqlServer.IsInstalled)
        {
            Console.WriteLine("skipped: no PostgreSQL");
        }
    }
}
