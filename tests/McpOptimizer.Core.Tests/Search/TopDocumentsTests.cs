using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Index;
using McpOptimizer.Core.Services.Search.Ranking;

namespace McpOptimizer.Core.Tests.Search;

/// <summary>The best documents against a sort of all of them; scores have few values, so that nearly all are told apart by name.</summary>
public sealed class TopDocumentsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 20, 2)]
    [InlineData(3, 60, 3)]
    [InlineData(4, 60, 1)]
    [InlineData(5, 400, 5)]
    [InlineData(6, 5_000, 4)]
    public void AddAll_RowsOfEqualScores_KeepsTheFirstByServerAndName(int seed, int capacity, int values)
    {
        Random random = new(seed);
        ToolIndex index = ToolIndex.Create();
        for (int segment = 0; segment < 3; segment++)
        {
            index = index.Apply(Catalogue.Upsert([.. Enumerable.Range(0, 12).Select(_ => Catalogue.Random(random.Next(1_000), random.Next(1, 40)))]));
        }

        VisibleSet visible = index.VisibleTo(new VisibilityScope { AllowsTool = (_, tool) => tool.Name.Length % 5 != 0 });
        float[][] scores = [.. index.Segments.Select(view => Enumerable.Range(0, view.Segment.DocumentCount).Select(_ => (float)random.Next(values + 1)).ToArray())];
        TopDocuments top = new(index, capacity);
        for (int s = 0; s < scores.Length; s++)
        {
            top.AddAll(scores[s], s, visible.DocumentBits(s), floor: 0);
        }

        HashSet<(int Segment, int Document)> found = [];
        top.AddTo(found);
        List<(int Segment, int Document)> sorted =
        [
            .. scores.SelectMany((own, s) => own.Select((_, document) => (Segment: s, Document: document)))
                .Where(entry => scores[entry.Segment][entry.Document] > 0 && visible.HasDocument(entry.Segment, entry.Document)),
        ];
        sorted.Sort((a, b) =>
        {
            (IndexedServer server, int at) = TopDocuments.PlaceOf(index, a.Segment, a.Document);
            (IndexedServer other, int otherAt) = TopDocuments.PlaceOf(index, b.Segment, b.Document);
            int byScore = scores[b.Segment][b.Document].CompareTo(scores[a.Segment][a.Document]);
            return byScore != 0 ? byScore : ToolOrder.Compare(server, at, other, otherAt);
        });
        found.Should().BeEquivalentTo(sorted.Take(capacity));
    }
}
