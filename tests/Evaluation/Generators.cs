using Microsoft.Extensions.AI;

namespace Evaluation;

/// <summary>Makes the embedding generator that the command line names.</summary>
public static class Generators
{
    /// <summary>The generator, or null for <c>none</c>.</summary>
    public static IEmbeddingGenerator<string, Embedding<float>>? Create(EvaluationOptions options) => options.Embedding switch
    {
        "none" => null,
        "builtin" when Type.GetType("McpOptimizer.Core.Services.Embeddings.BuiltInEmbeddingGenerator, McpOptimizer.Core") is { } type
            => (IEmbeddingGenerator<string, Embedding<float>>)Activator.CreateInstance(type)!,
        _ => throw new FormatException($"--embedding {options.Embedding} is not in this build."),
    };
}
