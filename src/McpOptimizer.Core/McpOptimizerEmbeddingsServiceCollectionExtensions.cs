using McpOptimizer.Core;
using McpOptimizer.Core.Clients.Embeddings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Registrations are found where the host already looks.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers embedding services that stand beside the built-in encoder.</summary>
public static class McpOptimizerEmbeddingsServiceCollectionExtensions
{
    /// <summary>
    /// Takes embeddings from a TEI or OpenAI-compatible service. The model the service names becomes part of the identity of stored vectors: after a
    /// change of model they are
    /// made again while search goes on. Safe to call twice; the last settings count.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets options; runs after <paramref name="configuration"/>.</param>
    /// <param name="configuration">The section to bind <see cref="HttpEmbeddingOptions"/> to; null for none.</param>
    public static IServiceCollection AddHttpEmbeddings(
        this IServiceCollection services, Action<HttpEmbeddingOptions>? configure = null, IConfiguration? configuration = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<HttpEmbeddingOptions> options = services.AddOptions<HttpEmbeddingOptions>().ValidateOnStart();
        if (configuration is not null)
        {
            options.Bind(configuration);
        }

        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HttpEmbeddingOptions>, HttpEmbeddingOptionsValidator>());
        services.AddHttpClient(HttpEmbeddingTransport.HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // A redirect would send texts, and perhaps the key, to an address nobody chose.
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            });
        services.TryAddSingleton<HttpEmbeddingTransport>();
        services.TryAddSingleton<HttpEmbeddingGenerator>();
        services.RemoveAll<IEmbeddingGenerator<string, Embedding<float>>>();
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(provider => provider.GetRequiredService<HttpEmbeddingGenerator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HttpEmbeddingStartup>());
        return services;
    }
}
