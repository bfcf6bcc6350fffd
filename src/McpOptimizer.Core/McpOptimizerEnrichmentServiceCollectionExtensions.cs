using McpOptimizer.Core;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Enrichment;
using McpOptimizer.Core.Services.Search.Index;
using McpOptimizer.Core.Services.Tokens;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Registrations are found where the host already looks.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Has a language model of the host word requests for tools.</summary>
public static class McpOptimizerEnrichmentServiceCollectionExtensions
{
    /// <summary>
    /// In the background, after servers were taken in, asks the host's <see cref="IChatClient"/> for a few requests that each tool answers and its purpose in a line, and lets
    /// them count in the search. The definitions of all tools that callers may find are sent to that client; those that are pending or rejected never are. Calls cost
    /// money: see <see cref="EnrichmentSettings"/> for the bounds. Without this call nothing is sent and nothing costs. Safe to call twice.
    /// </summary>
    /// <param name="services">The host's services, with <c>AddMcpOptimizer</c> called on them.</param>
    /// <param name="client">Gives the client; null takes the registered <see cref="IChatClient"/>.</param>
    /// <param name="configure">Sets the bounds; runs after the configuration of <c>AddMcpOptimizer</c>.</param>
    public static IServiceCollection AddToolEnrichment(this IServiceCollection services, Func<IServiceProvider, IChatClient>? client = null, Action<EnrichmentSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.AddOptions<McpOptimizerOptions>().Configure(options => configure(options.Enrichment));
        }

        services.TryAddSingleton<EnrichedTools>();
        services.TryAddSingleton(provider => new EnrichmentClient(
            client?.Invoke(provider) ?? provider.GetService<IChatClient>()
                ?? throw new InvalidOperationException("AddToolEnrichment needs an IChatClient: register one, or give it to AddToolEnrichment."),
            provider.GetRequiredService<ITokenCounter>(),
            provider.GetRequiredService<IOptions<McpOptimizerOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<EnrichmentService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EnrichmentWatchService>());
        return services;
    }
}
