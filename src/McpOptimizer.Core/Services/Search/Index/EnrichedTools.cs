using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Services.Definitions;
using McpOptimizer.Core.Services.Embeddings;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>All that is known from enrichment, for searches. Read without a lock; of what a caller may not see nothing is looked up.</summary>
internal sealed class EnrichedTools(TextEmbedder embedder)
{
    private readonly ConcurrentDictionary<string, EnrichedTool> _byHash = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<VisibleSet, EnrichedPlaces> _places = [];
    private int _version;

    /// <summary>How many definitions are enriched.</summary>
    public int Count => _byHash.Count;

    /// <summary>Takes over what was made. Vectors are made here: the built-in ones, which every request has.</summary>
    public void Add(IEnumerable<StoredEnrichment> enrichments)
    {
        bool isNew = false;
        foreach (StoredEnrichment made in enrichments.Where(enrichment => enrichment.State == EnrichmentState.Made))
        {
            ReadOnlyMemory<float>[] vectors = [.. made.Requests.Append(made.Purpose).Select(embedder.StandIn)];
            if (!vectors[0].IsEmpty)
            {
                _byHash[made.DefinitionHash] = new EnrichedTool(made.Purpose, made.Requests, vectors);
                isNew = true;
            }
        }

        if (isNew)
        {
            Interlocked.Increment(ref _version);
        }
    }

    /// <summary>What is known of a definition; null for nothing.</summary>
    public EnrichedTool? Find(IndexedTool tool) => _byHash.GetValueOrDefault(DefinitionHashes.Of(tool));

    /// <summary>The enriched tools that a scope sees. Worked out once for each change of either.</summary>
    public EnrichedPlaces PlacesOf(ToolIndex index, VisibleSet visible)
    {
        int version = Volatile.Read(ref _version);
        if (_places.TryGetValue(visible, out EnrichedPlaces? known) && known.Version == version)
        {
            return known;
        }

        Dictionary<(int Segment, int Document), EnrichedTool> tools = [];
        for (int s = 0; s < index.Segments.Length && !_byHash.IsEmpty; s++)
        {
            SegmentView view = index.Segments[s];
            for (int slot = 0; slot < view.Servers.Length; slot++)
            {
                IndexedTool[] own = view.Servers[slot] is { } server && visible.HasSlot(s, slot) ? server.Block.Tools : [];
                for (int i = 0; i < own.Length; i++)
                {
                    int document = view.Segment.SlotStarts[slot] + i;
                    if (visible.HasDocument(s, document) && Find(own[i]) is { } enriched)
                    {
                        tools.Add((s, document), enriched);
                    }
                }
            }
        }

        EnrichedPlaces places = new(version, tools.Values.Sum(tool => tool.Texts), tools);
        _places.AddOrUpdate(visible, places);
        return places;
    }
}
