using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Embeddings;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Services.Search;

/// <summary>
/// Chooses, with the ranking of <c>find_tool</c>, which of a chat's own tools are worth sending with a request. The method has the shape of
/// <c>IToolReductionStrategy.SelectToolsForRequestAsync</c> of Microsoft.Extensions.AI, whose package this one does not need.
/// </summary>
public sealed class ToolReducer
{
    private const string Server = "chat";

    private readonly int _limit;
    private readonly SearchSettings _settings;
    private readonly IEmbeddingGenerator<string, Embedding<float>>? _generator;
    private readonly ConditionalWeakTable<AITool, ToolDocument> _documents = [];

    /// <summary>Creates the chooser.</summary>
    /// <param name="limit">Most tools to keep by rank, 1 to 50.</param>
    /// <param name="settings">Ranking; null for the defaults.</param>
    /// <param name="generator">Makes vectors; null ranks by words alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 50.</exception>
    public ToolReducer(int limit = 8, SearchSettings? settings = null, IEmbeddingGenerator<string, Embedding<float>>? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 50);
        _limit = limit;
        _settings = settings ?? new SearchSettings();
        _generator = generator;
    }

    /// <summary>
    /// The tools for a request, in the order they came: the best for what the user said last, besides those that are no functions, that the request
    /// demands, or that the conversation has called already. All of them when there are no more than the limit, or nothing was said.
    /// </summary>
    public async Task<IEnumerable<AITool>> SelectToolsForRequestAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        IReadOnlyList<AITool> tools = [.. options?.Tools ?? []];
        List<ChatMessage> said = [.. messages];
        string need = said.LastOrDefault(message => message.Role == ChatRole.User && !string.IsNullOrWhiteSpace(message.Text))?.Text ?? "";
        AIFunctionDeclaration[] functions = [.. tools.OfType<AIFunctionDeclaration>().DistinctBy(tool => tool.Name)];
        if (functions.Length <= _limit || need.Length == 0)
        {
            return tools;
        }

        HashSet<string> kept = [.. said.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(call => call.Name)];
        if (options!.ToolMode is RequiredChatToolMode { RequiredFunctionName: { } required })
        {
            kept.Add(required);
        }

        ToolIndexHolder index = new(_settings);
        index.Apply(new IndexChange { Upserted = [await DescribeAsync(functions, cancellationToken).ConfigureAwait(false)] });
        ToolSearchResult found = await new ToolSearchService(index, _settings, _generator)
            .SearchAsync(new ToolQuery { Description = need, Limit = _limit }, cancellationToken).ConfigureAwait(false);
        kept.UnionWith(found.Hits.Select(hit => hit.Tool.Name));
        return [.. tools.Where(tool => tool is not AIFunctionDeclaration || kept.Contains(tool.Name))];
    }

    private async Task<ServerDocument> DescribeAsync(AIFunctionDeclaration[] functions, CancellationToken cancellationToken)
    {
        AIFunctionDeclaration[] fresh = [.. functions.Where(function => !_documents.TryGetValue(function, out _))];
        IReadOnlyList<ReadOnlyMemory<float>> vectors = await EmbedAsync(fresh, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < fresh.Length; i++)
        {
            _documents.AddOrUpdate(fresh[i], Document(fresh[i], vectors.Count > i ? vectors[i] : default));
        }

        return new ServerDocument
        {
            Id = Server,
            Name = Server,
            ContextName = Server,
            Group = "default",
            Status = ServerStatus.Running,
            Tools = [.. functions.Select(function => _documents.TryGetValue(function, out ToolDocument? document) ? document : Document(function, default))],
        };
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(AIFunctionDeclaration[] functions, CancellationToken cancellationToken)
    {
        if (_generator is null || functions.Length == 0)
        {
            return [];
        }

        IEnumerable<string> texts = functions.Select(function => EmbeddingText.ForTool(
            Server, new ToolDefinition { Name = function.Name, Description = function.Description, Json = ReadOnlyMemory<byte>.Empty }));
        GeneratedEmbeddings<Embedding<float>> generated = await _generator.GenerateAsync(texts, cancellationToken: cancellationToken).ConfigureAwait(false);
        return [.. generated.Select(embedding => TextEmbedder.MeanPool([embedding.Vector]))];
    }

    private static ToolDocument Document(AIFunctionDeclaration function, ReadOnlyMemory<float> vector)
    {
        JsonObject definition = new() { ["name"] = function.Name, ["description"] = function.Description };
        if (function.JsonSchema.ValueKind == JsonValueKind.Object)
        {
            definition["inputSchema"] = JsonObject.Create(function.JsonSchema);
        }

        byte[] json = Encoding.UTF8.GetBytes(definition.ToJsonString());
        return new ToolDocument
        {
            Id = function.Name,
            Name = function.Name,
            Description = function.Description,
            DefinitionJson = json,
            Embedding = vector,
            TokenCount = json.Length / 4,
        };
    }
}
