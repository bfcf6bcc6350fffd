using McpOptimizer.Core.Models;
using Microsoft.Extensions.AI;

namespace Evaluation;

/// <summary>The documents of sets and of the tools of other sets beside them, each embedded once.</summary>
internal sealed class SetDocuments(IEmbeddingGenerator<string, Embedding<float>>? generator)
{
    private readonly Dictionary<string, IReadOnlyList<ServerDocument>> _known = [];

    /// <summary>Those of a set and of the tools of others, whose ids and servers have a prefix of their own.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<ServerDocument>>> OfAsync(
        EvaluationSet set, IReadOnlyList<IReadOnlyList<EvaluationTool>> distractors, CancellationToken cancellationToken = default)
    {
        List<IReadOnlyList<ServerDocument>> documents = [await OfAsync(set.Name, set.Tools, "", cancellationToken)];
        foreach ((int i, IReadOnlyList<EvaluationTool> tools) in distractors.Index())
        {
            documents.Add(await OfAsync($"distractors {i}", tools, $"other{i}-", cancellationToken));
        }

        return documents;
    }

    private async Task<IReadOnlyList<ServerDocument>> OfAsync(string key, IReadOnlyList<EvaluationTool> tools, string prefix, CancellationToken cancellationToken) =>
        _known.TryGetValue(key, out IReadOnlyList<ServerDocument>? documents) ? documents : _known[key] = await SetIndex.CreateAsync(tools, generator, prefix, cancellationToken);
}
