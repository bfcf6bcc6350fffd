using System.Collections.Immutable;
using McpOptimizer.Core.Models.Settings;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>Decides which segments are joined: small ones at once, and larger ones when they are too many or too empty.</summary>
internal static class MergePolicy
{
    /// <summary>Segments so small that joining them is part of applying a change; empty when there is nothing to join.</summary>
    public static IReadOnlyList<SegmentView> ChooseSmall(ImmutableArray<SegmentView> segments, SearchSettings settings)
    {
        List<SegmentView> chosen = [];
        int documents = 0;
        foreach (SegmentView view in segments.OrderBy(view => view.Segment.DocumentCount))
        {
            documents += view.Segment.DocumentCount;
            if (documents > settings.ImmediateMergeTools)
            {
                break;
            }

            chosen.Add(view);
        }

        return chosen.Count > 1 || (chosen.Count == 1 && chosen[0].LiveDocuments == 0) ? chosen : [];
    }

    /// <summary>Segments to join in the background; empty when there is nothing to join.</summary>
    public static IReadOnlyList<SegmentView> Choose(ImmutableArray<SegmentView> segments, SearchSettings settings)
    {
        List<SegmentView> sparse = [.. segments.Where(view => view.LiveDocuments < settings.MergeLiveShare * view.Segment.DocumentCount)];
        if (segments.Length <= settings.MaxSegments)
        {
            return sparse;
        }

        // The smallest ones, as long as each is not much larger than all before it together: a large segment is rewritten rarely.
        List<SegmentView> chosen = [];
        long documents = 0;
        foreach (SegmentView view in segments.OrderBy(view => view.LiveDocuments))
        {
            if (chosen.Count >= 2 && view.LiveDocuments > 2 * documents)
            {
                break;
            }

            chosen.Add(view);
            documents += view.LiveDocuments;
        }

        return [.. chosen.Union(sparse)];
    }
}
