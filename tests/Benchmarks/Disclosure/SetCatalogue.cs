using Evaluation;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Tokens;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks.Disclosure;

/// <summary>An optimizer whose index holds the tools of an evaluation set.</summary>
internal static class SetCatalogue
{
    /// <summary>The registration of a host, with the set's tools in the index.</summary>
    public static async Task<ServiceProvider> LoadAsync(EvaluationSet set, CancellationToken cancellationToken)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddMcpOptimizer();
        ServiceProvider provider = services.BuildServiceProvider();
        ITokenCounter counter = provider.GetRequiredService<ITokenCounter>();
        IReadOnlyList<ServerDocument> servers = await SetIndex.CreateAsync(
            set.Tools, provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(), cancellationToken: cancellationToken);

        // The set's own documents carry an estimate by characters; ingestion counts with the product's counter.
        provider.GetRequiredService<ToolIndexes>().ApplyToWorkloads(new IndexChange
        {
            Upserted = [.. servers.Select(server => server with { Tools = [.. server.Tools.Select(tool => tool with { TokenCount = counter.Count(tool.DefinitionJson.Span) })] })],
        });
        return provider;
    }

    /// <summary>The folders behind each <c>--set</c>.</summary>
    public static string[] Folders(string[] args) => [.. args.Index().Where(arg => arg.Index > 0 && args[arg.Index - 1] == "--set").Select(arg => arg.Item)];
}
