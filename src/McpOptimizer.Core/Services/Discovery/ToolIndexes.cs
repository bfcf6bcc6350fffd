using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Ingestion;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Index;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>The two indexes: tools of workloads, and tools that the registry names.</summary>
internal sealed class ToolIndexes(IOptions<McpOptimizerOptions> options, OfferingIndexes offerings) : IToolIndexWriter
{
    /// <summary>Tools of running and stopped workloads.</summary>
    public ToolIndexHolder Workloads { get; } = new(options.Value.Search);

    /// <summary>Tools of registry entries, by name only.</summary>
    public ToolIndexHolder Registry { get; } = new(options.Value.Search);

    /// <summary>Withheld tools, in an index of their own so that the same rules say who may know of them. Holds every server: some hide others.</summary>
    public ToolIndexHolder Withheld { get; } = new(options.Value.Search);

    public void ApplyToWorkloads(IndexChange change)
    {
        Withheld.Apply(change with { Upserted = [.. change.Upserted.Select(server => server with { Tools = server.Withheld, Withheld = [] })] });
        Workloads.Apply(change);
        offerings.Follow(change);
    }

    public void ApplyToRegistry(IndexChange change) => Registry.Apply(change);

    public void WithholdChanged(string serverName, IReadOnlyList<ToolDefinition> listed)
    {
        if (Find(Workloads, serverName) is not { } server)
        {
            return;
        }

        ILookup<string, ToolDefinition> now = listed.ToLookup(tool => tool.Name, StringComparer.Ordinal);
        HashSet<string> changed =
        [
            .. server.Block.Tools
                .Where(tool => now[tool.Name].FirstOrDefault() is { } listing && ToolHasher.HashDefinition(listing.Json) != ToolHasher.HashDefinition(tool.DefinitionJson))
                .Select(tool => tool.Name),
        ];
        if (changed.Count == 0)
        {
            return;
        }

        ILookup<bool, ToolDocument> tools = DocumentsOf(server).ToLookup(tool => changed.Contains(tool.Name));
        ApplyToWorkloads(new IndexChange
        {
            Upserted =
            [
                new ServerDocument
                {
                    Id = server.Id,
                    Name = server.Name,
                    ContextName = server.ContextName,
                    Description = server.Description,
                    Group = server.Group,
                    VirtualMcp = server.VirtualMcp,
                    Status = server.Status,
                    Tools = [.. tools[false]],
                    Withheld = [.. tools[true], .. Find(Withheld, serverName) is { } withheld ? DocumentsOf(withheld) : []],
                },
            ],
        });
    }

    private static IndexedServer? Find(ToolIndexHolder index, string serverName) =>
        index.Current.Segments.SelectMany(view => view.Servers).OfType<IndexedServer>().FirstOrDefault(server => server.Name == serverName);

    private static IEnumerable<ToolDocument> DocumentsOf(IndexedServer server) => server.Block.Tools.Select((tool, at) =>
    {
        ToolDefinition definition = IndexDocuments.ReadDefinition(tool.Name, tool.DefinitionJson);
        return new ToolDocument
        {
            Id = tool.Id,
            Name = tool.Name,
            Title = definition.Title == tool.Name ? null : definition.Title,
            Description = definition.Description,
            DefinitionJson = tool.DefinitionJson,
            Embedding = server.Block.VectorOf(at),
            TokenCount = tool.TokenCount,
        };
    });
}
