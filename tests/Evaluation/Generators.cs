using McpOptimizer.Core;
using McpOptimizer.Core.Services.Embeddings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Evaluation;

/// <summary>Makes the embedding generator that the command line names.</summary>
public static class Generators
{
    /// <summary>The generator, or null for <c>none</c>.</summary>
    public static IEmbeddingGenerator<string, Embedding<float>>? Create(EvaluationOptions options) => options.Embedding switch
    {
        "none" => null,
        "http" => CreateHttp(options),
        _ => new BuiltInEmbeddingGenerator(),
    };

    private static IEmbeddingGenerator<string, Embedding<float>> CreateHttp(EvaluationOptions options)
    {
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out Uri? endpoint))
        {
            throw new FormatException($"--endpoint {options.Endpoint}: not an absolute address.");
        }

        ServiceCollection services = new();
        services.AddHttpEmbeddings(http =>
        {
            http.Endpoint = endpoint;
            http.Model = options.Model;
        });
        return services.BuildServiceProvider().GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
    }
}
