using Horreum.Client.Models;

namespace Horreum.Client.Services.Paging;

/// <summary>A page with everything that is said about it.</summary>
internal sealed record TimedPage<T>(IReadOnlyList<T> Items, Pagination Pagination, AppliedTimeRange Range, IReadOnlyList<string> Warnings)
{
    /// <summary>The interval for the answer; null when it is open on both sides.</summary>
    public AppliedTimeRange? ShownRange => Range.From is null && Range.To is null ? null : Range;

    /// <summary>The warnings for the answer; null when there are none.</summary>
    public IReadOnlyList<string>? ShownWarnings => Warnings.Count == 0 ? null : Warnings;
}
