using Horreum.Client.Models;

namespace Horreum.Client.Repositories;

/// <summary>Maps the elements of an answer, each to its place.</summary>
internal static class Slices
{
    /// <param name="elements">What could be read.</param>
    /// <param name="id">The id of an element; zero when it has none.</param>
    /// <param name="map">Maps an element.</param>
    /// <param name="total">How many the list has, if that is known.</param>
    /// <param name="faults">What was noted while the answer was read.</param>
    public static ListSlice<T> Of<TWire, T>(IReadOnlyList<TWire> elements, Func<TWire, int> id, Func<TWire, T> map, long? total, AnswerFaults faults)
        where T : class
    {
        List<T?> items = new(elements.Count + faults.LeftOut.Count);
        Queue<int> leftOut = new(faults.LeftOut);
        foreach (TWire element in elements)
        {
            FillGaps(items, leftOut);
            if (element is not null && id(element) > 0)
            {
                items.Add(map(element));
                continue;
            }

            faults.Add($"Element [{items.Count}] of the list has no id and was left out.");
            items.Add(null);
        }

        FillGaps(items, leftOut);
        return new ListSlice<T>(items, total, faults.Sentences);
    }

    private static void FillGaps<T>(List<T?> items, Queue<int> leftOut)
        where T : class
    {
        while (leftOut.TryPeek(out int position) && position <= items.Count)
        {
            items.Add(null);
            leftOut.Dequeue();
        }
    }
}
