using BenchmarkDotNet.Attributes;
using Benchmarks.Search;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search;

namespace Benchmarks.Micro;

/// <summary>One search, and one change of one server, in a catalogue of 3,000 tools.</summary>
public class SearchMicro
{
    private readonly SyntheticCatalogue _catalogue = new(256);
    private readonly IReadOnlyList<string> _queries = SyntheticCatalogue.Queries(100);
    private readonly ToolIndexHolder _holder;
    private readonly ToolSearchService _words;
    private readonly ToolSearchService _hybrid;
    private readonly IndexChange _change;
    private int _at;

    /// <summary>Fills the index.</summary>
    public SearchMicro()
    {
        SearchSettings settings = new();
        _holder = new ToolIndexHolder(settings);
        _holder.Apply(new IndexChange { Upserted = [.. _catalogue.Servers(3_000)] });
        _words = new ToolSearchService(_holder, settings);
        _hybrid = new ToolSearchService(_holder, settings, new CatalogueEmbedder(_catalogue));
        _change = new IndexChange { Upserted = [_catalogue.Server(3, 100)] };
    }

    /// <summary>By words alone.</summary>
    [Benchmark(Baseline = true)]
    public Task<ToolSearchResult> Words() => _words.SearchAsync(Query());

    /// <summary>By words and meaning; the query's vector is given.</summary>
    [Benchmark]
    public Task<ToolSearchResult> WordsAndMeaning() => _hybrid.SearchAsync(Query());

    /// <summary>A server of 100 tools replaced by itself.</summary>
    [Benchmark]
    public void ReplaceServer() => _holder.Apply(_change);

    private ToolQuery Query() => new() { Description = _queries[_at++ % _queries.Count] };
}
