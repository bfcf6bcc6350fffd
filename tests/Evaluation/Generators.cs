using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Encoder.MiniLM;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Evaluation;

/// <summary>Makes the embedding generator that the command line names.</summary>
public static class Generators
{
    /// <summary>The generator, or null for <c>none</c>.</summary>
    public static IEmbeddingGenerator<string, Embedding<float>>? Create(EvaluationOptions options) => Create(options.Embedding, options);

    /// <summary>The generator of a kind, or null for <c>none</c>.</summary>
    public static IEmbeddingGenerator<string, Embedding<float>>? Create(string kind, EvaluationOptions options) => kind switch
    {
        "none" => null,
        "builtin" => CreateBuiltIn(options),
        _ => new TwoSpaceGenerator(CreateOther(kind, options), Beside(options)) { BuiltInEncoder = CreateBuiltIn(options) },
    };

    /// <summary>The generator beside the built-in one.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> CreateOther(EvaluationOptions options) => CreateOther(options.Embedding, options);

    /// <summary>How it is used: as asked, and without keeping vectors of requests, so that times are those of new ones.</summary>
    public static EmbeddingSettings Beside(EvaluationOptions options) => new() { BuiltInShare = options.Share, SemanticWeight = options.Semantic, QueryCacheSize = 0 };

    private static BuiltInEmbeddingGenerator CreateBuiltIn(EvaluationOptions options) => options.Table is { } file ? new(EncoderModel.Read(File.ReadAllBytes(file))) : new();

    private static IEmbeddingGenerator<string, Embedding<float>> CreateOther(string kind, EvaluationOptions options) => kind switch
    {
        "http" => CreateHttp(options),
        "minilm" => new MiniLmEmbeddingGenerator(),
        _ => throw new FormatException($"--embedding {kind} has nothing beside the built-in encoder; take minilm or http."),
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
