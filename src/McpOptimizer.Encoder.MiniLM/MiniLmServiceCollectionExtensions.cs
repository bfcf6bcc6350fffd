using McpOptimizer.Encoder.MiniLM;
using Microsoft.Extensions.AI;

#pragma warning disable IDE0130 // Registrations are found where the host already looks.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers the encoder.</summary>
public static class MiniLmServiceCollectionExtensions
{
    /// <summary>
    /// Registers all-MiniLM-L6-v2 as the host's embedding generator. Beside <c>AddMcpOptimizer</c>, before or after it, the optimizer puts it next to its
    /// built-in encoder; what is stored is embedded again in the background while searches go on.
    /// </summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddMiniLmEncoder(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>, MiniLmEmbeddingGenerator>();
        return services;
    }
}
