using Coder.Client.Models;

namespace Coder.Client.Services;

/// <summary>Pages in memory: Coder itself pages neither reports nor conversations.</summary>
internal static class Paging
{
    public const int LargestPage = 100;

    public static void Check(PageRequest page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (page.Number < 1)
        {
            throw Faults.Invalid(
                "page",
                page.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
                $"Page {page.Number} does not exist: pages are counted from 1.");
        }

        if (page.Size is < 1 or > LargestPage)
        {
            throw Faults.Invalid(
                "page_size",
                page.Size.ToString(System.Globalization.CultureInfo.InvariantCulture),
                $"A page of {page.Size} is not possible: 1 to {LargestPage}.");
        }
    }

    public static Page<T> Slice<T>(string agentName, IReadOnlyList<T> items, PageRequest page)
    {
        long start = (page.Number - 1L) * page.Size;
        return new Page<T>
        {
            AgentName = agentName,
            Items = start >= items.Count ? [] : [.. items.Skip((int)start).Take(page.Size)],
            TotalCount = items.Count,
            Number = page.Number,
            Size = page.Size,
        };
    }
}
