using McpOptimizer.Core.Clients.Backends;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.PostgreSql;
using McpOptimizer.PostgreSql.Clients;
using McpOptimizer.PostgreSql.Repositories;
using Microsoft.Extensions.DependencyInjection.Extensions;

#pragma warning disable IDE0130 // Where hosts look for registrations.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Puts the optimizer's store on PostgreSQL.</summary>
public static class McpOptimizerPostgreSqlServiceCollectionExtensions
{
    /// <summary>
    /// Keeps what the optimizer knows in a PostgreSQL database (13 or later) instead of a SQLite file. Any number of processes may share it: one takes servers in,
    /// all others follow within a second. Call it before or after <c>AddMcpOptimizer</c>. Tables are made or brought up to date at the start, in the first schema of the
    /// search path.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="connectionString">As Npgsql takes it (<c>Host=db;Username=optimizer;Database=optimizer</c>), or an address (<c>postgres://optimizer@db/optimizer</c>). It may hold a
    /// password, which is never shown; a file named by <c>Passfile</c>, or by the variable <c>PGPASSFILE</c>, keeps it out of settings.</param>
    /// <param name="configure">Sets the name of this replica and how quickly it takes over.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read, or an option is out of range; the message shows no password.</exception>
    public static IServiceCollection AddPostgreSqlStore(this IServiceCollection services, string connectionString, Action<PostgreSqlStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        PostgreSqlStoreOptions options = new();
        configure?.Invoke(options);
        options.Check();
        PostgreSqlAddress address = PostgreSqlAddress.Read(connectionString, options.ReplicaName);
        services.TryAddSingleton(TimeProvider.System);
        services.Replace(ServiceDescriptor.Singleton(_ => new PostgreSqlConnections(address)));
        services.Replace(ServiceDescriptor.Singleton(options));
        services.Replace(ServiceDescriptor.Singleton<PostgreSqlLease, PostgreSqlLease>());
        services.Replace(ServiceDescriptor.Singleton<PostgreSqlNotices, PostgreSqlNotices>());
        services.Replace(ServiceDescriptor.Singleton<IDatabase, PostgreSqlDatabase>());
        services.Replace(ServiceDescriptor.Singleton<IOAuthTokenStore, PostgreSqlTokenStore>());
        services.Replace(ServiceDescriptor.Singleton<IStoreReplicas, PostgreSqlReplicas>());
        return services;
    }
}
