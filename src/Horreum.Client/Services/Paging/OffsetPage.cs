using Horreum.Client.Models;

namespace Horreum.Client.Services.Paging;

/// <summary>A page of a list that is read by offset.</summary>
internal sealed record OffsetPage<T>(IReadOnlyList<T> Items, Pagination Pagination, IReadOnlyList<string> Warnings)
{
    /// <summary>The warnings for the answer; null when there are none.</summary>
    public IReadOnlyList<string>? ShownWarnings => Warnings.Count == 0 ? null : Warnings;
}
