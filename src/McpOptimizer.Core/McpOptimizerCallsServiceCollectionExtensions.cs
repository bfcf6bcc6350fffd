using McpOptimizer.Core;
using McpOptimizer.Core.Clients.Backends;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Calls.Results;
using McpOptimizer.Core.Services.Trust;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Registrations are found where the host already looks.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers backends and calls.</summary>
internal static class McpOptimizerCallsServiceCollectionExtensions
{
    /// <summary>Adds the pool of backend sessions and the services that call through it. Repeatable.</summary>
    public static IServiceCollection AddMcpOptimizerCalls(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddOptions<McpOptimizerOptions>();
        services.TryAddSingleton(provider => new AddressGuard(provider.GetRequiredService<IOptions<McpOptimizerOptions>>().Value.Backends));
        services.TryAddSingleton<ProcessReaper>();
        services.TryAddSingleton<IOAuthTokenStore, OAuthTokenFolder>();
        services.TryAddSingleton<BackendTransportFactory>();
        services.TryAddSingleton<OAuthLogin>();
        services.TryAddSingleton<BackendPool>();
        services.TryAddSingleton<IBackendRepository, BackendRepository>();
        services.AddMetrics();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICallAuditSink, LoggingCallAuditSink>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICallAuditSink, FileCallAuditSink>());
        services.TryAddSingleton(_ => new AuditStatus());
        services.TryAddSingleton<CallRecorder>();
        services.TryAddSingleton<ResultStore>();
        services.TryAddSingleton<IStoreReplicas, OnlyProcess>();
        services.TryAddSingleton<SharedResults>();
        services.TryAddSingleton<ResultFitter>();
        services.TryAddSingleton<ParkedCalls>();
        services.TryAddSingleton<SharedCalls>();
        services.TryAddSingleton<TrustRules>();
        services.TryAddSingleton<ResultFence>();
        services.TryAddSingleton<IToolCallService, ToolCallService>();
        services.AddHttpClient(BackendHttpClient.HandlerName)
            .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ConnectCallback = provider.GetRequiredService<AddressGuard>().ConnectAsync,
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // Four lines a request, with addresses that may hold tokens.
            .RemoveAllLoggers();
        return services;
    }
}
