using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Index;
using McpOptimizer.Core.Services.Search.Ranking;

namespace McpOptimizer.Core.Tests.Search;

/// <summary>The scan of sketches against scores of one tool at a time, over segments that hold servers of several widths and hidden ones.</summary>
public sealed class SketchScanTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 10)]
    [InlineData(3, 150)]
    [InlineData(4, 700)]
    [InlineData(5, 10_000)]
    public void Nearest_SeveralSegments_AreTheVisibleOnesThatScoreAsWellAsSoMany(int seed, int count)
    {
        const int Dimension = 64;
        Random random = new(seed);
        ToolIndex index = ToolIndex.Create();
        Dictionary<string, ServerDocument> servers = [];
        for (int segment = 0; segment < 3; segment++)
        {
            ServerDocument[] own = [.. Enumerable.Range(0, 15).Select(_ => Catalogue.Random(random.Next(1_000), random.Next(1, 80), random.Next(4) switch { 0 => 0, 1 => 2 * Dimension, _ => Dimension }))];
            index = index.Apply(Catalogue.Upsert(own));
            Array.ForEach(own, server => servers[server.Id] = server);
        }

        VisibleSet visible = index.VisibleTo(new VisibilityScope { AllowsServer = name => !name.EndsWith('7'), AllowsTool = (_, tool) => tool.Name.Length % 5 != 0 });
        float[] query = [.. Enumerable.Range(0, Dimension).Select(_ => (float)(random.NextDouble() - 0.5))];

        List<NearDocument> near = new SketchScan(index, visible, dimension => dimension == Dimension).Nearest(query, count);

        SketchTables tables = new(query);
        List<NearDocument> all = [];
        for (int s = 0; s < index.Segments.Length; s++)
        {
            SegmentView view = index.Segments[s];
            for (int document = 0; document < view.Segment.DocumentCount; document++)
            {
                int slot = view.Segment.SlotOf[document];
                if (view.Servers[slot] is { Block.Dimension: Dimension } server && visible.HasDocument(s, document))
                {
                    byte[] sketch = new byte[VectorSketch.LengthOf(1, Dimension)];
                    VectorSketch.Write(servers[server.Id].Tools[document - view.Segment.SlotStarts[slot]].Embedding.Span, sketch, 0);
                    ushort[] score = new ushort[1];
                    tables.Score(sketch, Dimension, score);
                    all.Add(new NearDocument(s, slot, document, score[0]));
                }
            }
        }

        int bar = all.Count < count ? 0 : all.Select(document => (int)document.Score).OrderDescending().ElementAt(count - 1);
        all.Count.Should().BeGreaterThan(100);
        near.Should().BeEquivalentTo(all.Where(document => document.Score >= bar));
    }
}
