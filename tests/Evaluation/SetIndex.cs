using System.Text;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Search;
using Microsoft.Extensions.AI;

namespace Evaluation;

/// <summary>Turns the tools of a set into what the index takes.</summary>
public static class SetIndex
{
    private const int EmbeddingBatch = 256;
    private const int CharactersPerToken = 4;

    /// <summary>The real search service over all of these, merged as it would be after a while.</summary>
    public static async Task<(ToolIndexHolder Index, ToolSearchService Search)> ServeAsync(
        IEnumerable<IReadOnlyList<ServerDocument>> documents, SearchSettings settings, IEmbeddingGenerator<string, Embedding<float>>? generator, CancellationToken cancellationToken = default)
    {
        ToolIndexHolder index = new(settings);
        foreach (IReadOnlyList<ServerDocument> portion in documents)
        {
            index.Apply(new IndexChange { Upserted = portion });
        }

        await index.WhenMergedAsync(cancellationToken);
        return (index, new ToolSearchService(index, settings, generator));
    }

    /// <summary>One server document per server of the set.</summary>
    public static async Task<IReadOnlyList<ServerDocument>> CreateAsync(
        IEnumerable<EvaluationTool> tools,
        IEmbeddingGenerator<string, Embedding<float>>? generator,
        string prefix = "",
        CancellationToken cancellationToken = default)
    {
        List<ServerDocument> servers = [];
        foreach (IGrouping<string, EvaluationTool> group in tools.GroupBy(tool => tool.Server))
        {
            List<EvaluationTool> own = [.. group];
            List<ReadOnlyMemory<float>> vectors = [];
            foreach (EvaluationTool[] batch in own.Chunk(EmbeddingBatch).TakeWhile(_ => generator is not null))
            {
                IEnumerable<string> texts = batch.Select(tool => EmbeddingText.ForTool(tool.Server, ToDefinition(tool)));
                GeneratedEmbeddings<Embedding<float>> embeddings = await generator!.GenerateAsync(texts, cancellationToken: cancellationToken);
                vectors.AddRange(embeddings.Select(embedding => embedding.Vector));
            }

            servers.Add(new ServerDocument
            {
                Id = prefix + group.Key,
                Name = prefix + group.Key,
                ContextName = prefix + group.Key,
                Group = "default",
                Status = ServerStatus.Running,
                Tools = [.. own.Select((tool, i) => ToDocument(tool, prefix, vectors.Count > 0 ? vectors[i] : default))],
            });
        }

        return servers;
    }

    private static ToolDocument ToDocument(EvaluationTool tool, string prefix, ReadOnlyMemory<float> vector)
    {
        ToolDefinition definition = ToDefinition(tool);
        return new ToolDocument
        {
            Id = prefix + tool.Id,
            Name = definition.Name,
            Title = definition.Title,
            Description = definition.Description,
            DefinitionJson = definition.Json,
            Embedding = vector,
            TokenCount = definition.Json.Length / CharactersPerToken,
        };
    }

    private static ToolDefinition ToDefinition(EvaluationTool tool)
    {
        JsonObject json = new() { ["name"] = tool.Name };
        if (tool.Title is not null)
        {
            json["title"] = tool.Title;
        }

        if (tool.Description is not null)
        {
            json["description"] = tool.Description;
        }

        json["inputSchema"] = tool.InputSchema?.DeepClone() ?? new JsonObject { ["type"] = "object" };
        return new ToolDefinition { Name = tool.Name, Title = tool.Title, Description = tool.Description, Json = Encoding.UTF8.GetBytes(json.ToJsonString()) };
    }
}
