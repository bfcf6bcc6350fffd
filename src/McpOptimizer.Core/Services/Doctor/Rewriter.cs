using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Doctor;

/// <summary>Makes an index in which some tools have other descriptions. What is searched stays as it is.</summary>
internal sealed class Rewriter(TextEmbedder embedder)
{
    private const int EmbeddingBatch = 256;

    /// <summary>The index with the new descriptions, their vectors included.</summary>
    /// <param name="index">The index as it is.</param>
    /// <param name="descriptions">New descriptions by tool.</param>
    /// <param name="cancellationToken">Ends embedding.</param>
    public async Task<ToolIndex> RewriteAsync(ToolIndex index, IReadOnlyDictionary<IndexedTool, string> descriptions, CancellationToken cancellationToken)
    {
        HashSet<string> changed = [.. descriptions.Keys.Select(tool => tool.ServerId)];
        List<ServerDocument> servers = [];
        foreach (IndexedServer server in index.Segments.SelectMany(view => view.Servers).OfType<IndexedServer>().Where(server => changed.Contains(server.Id)))
        {
            ToolDefinition[] definitions = [.. server.Block.Tools.Select(tool => Rewrite(tool, descriptions))];
            IReadOnlyDictionary<int, ReadOnlyMemory<float>> vectors = await EmbedAsync(server, definitions, descriptions, cancellationToken).ConfigureAwait(false);
            servers.Add(new ServerDocument
            {
                Id = server.Id,
                Name = server.Name,
                ContextName = server.ContextName,
                Description = server.Description,
                Group = server.Group,
                VirtualMcp = server.VirtualMcp,
                Status = server.Status,
                Tools =
                [
                    .. server.Block.Tools.Select((tool, i) => new ToolDocument
                    {
                        Id = tool.Id,
                        Name = tool.Name,
                        Title = definitions[i].Title == tool.Name ? null : definitions[i].Title,
                        Description = definitions[i].Description,
                        DefinitionJson = tool.DefinitionJson,
                        Embedding = vectors.TryGetValue(i, out ReadOnlyMemory<float> vector) ? vector : VectorOf(server.Block, i),
                        TokenCount = tool.TokenCount,
                    }),
                ],
            });
        }

        return index.Apply(new IndexChange { Upserted = servers });
    }

    private async Task<IReadOnlyDictionary<int, ReadOnlyMemory<float>>> EmbedAsync(
        IndexedServer server, ToolDefinition[] definitions, IReadOnlyDictionary<IndexedTool, string> descriptions, CancellationToken cancellationToken)
    {
        Dictionary<int, ReadOnlyMemory<float>> vectors = [];
        int[] rewritten = [.. server.Block.Tools.Index().Where(tool => descriptions.ContainsKey(tool.Item)).Select(tool => tool.Index)];
        foreach (int[] batch in rewritten.Chunk(EmbeddingBatch))
        {
            string[] texts = [.. batch.Select(i => EmbeddingText.ForTool(server.ContextName, definitions[i]))];
            IReadOnlyList<ReadOnlyMemory<float>> embedded = await embedder.EmbedAsync(texts, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < batch.Length; i++)
            {
                vectors[batch[i]] = embedded[i];
            }
        }

        return vectors;
    }

    private static ToolDefinition Rewrite(IndexedTool tool, IReadOnlyDictionary<IndexedTool, string> descriptions)
    {
        ToolDefinition definition = IndexDocuments.ReadDefinition(tool.Name, tool.DefinitionJson);
        return descriptions.TryGetValue(tool, out string? description) ? definition with { Description = description } : definition;
    }

    private static ReadOnlyMemory<float> VectorOf(ToolBlock block, int tool)
    {
        if (block.Dimension == 0 || block.Scales[tool] == 0)
        {
            return default;
        }

        float[] vector = new float[block.Dimension];
        block.Read(tool, vector);
        return CheckedGeneration.ToUnitLength(vector);
    }
}
