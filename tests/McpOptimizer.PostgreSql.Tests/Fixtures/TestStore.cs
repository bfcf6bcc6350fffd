using System.Collections.Concurrent;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.PostgreSql.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

#pragma warning disable IDE0130 // Stands in for the class of this name that the suites were written with.
namespace McpOptimizer.Core.Tests.Fixtures;
#pragma warning restore IDE0130

/// <summary>On which store the suites of McpOptimizer.Core run here: each path is a schema of one server.</summary>
internal static class TestStore
{
    private static readonly ConcurrentDictionary<string, string> Schemas = new(StringComparer.Ordinal);

    public static void Register(IServiceCollection services, string path) =>
        services.AddPostgreSqlStore(ConnectionString(Schemas.GetOrAdd(path, _ => NewSchema())), options => options.PollInterval = TimeSpan.FromSeconds(1));

    /// <summary>Takes the replacement back: for tests that need a file too.</summary>
    public static void UseSqlite(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<IDatabase, SqliteDatabase>());
        services.Replace(ServiceDescriptor.Singleton<IStoreReplicas, OnlyProcess>());
    }

    /// <summary>What reaches a schema of the shared server.</summary>
    public static string ConnectionString(string schema) => new NpgsqlConnectionStringBuilder(PostgreSqlServer.Shared.ConnectionString) { SearchPath = schema, MaxPoolSize = 8 }.ConnectionString;

    /// <summary>Makes an empty schema.</summary>
    public static string NewSchema()
    {
        string schema = "s" + Guid.NewGuid().ToString("N");
        PostgreSqlServer.Shared.Execute($"CREATE SCHEMA {schema}");
        return schema;
    }
}
