using Horreum.Client.Models;

namespace Horreum.Client.Repositories;

/// <summary>Tests, as Horreum keeps them. Pages count from 1.</summary>
internal interface ITestRepository
{
    /// <summary>Lists tests by name, one page, in one call; the total is null when a name is asked for, because Horreum's ignores it.</summary>
    Task<ListSlice<TestEntry>> ListAsync(TestListRequest request, ListOrder order, CancellationToken cancellationToken = default);

    /// <summary>Reads one test; null when there is none.</summary>
    Task<TestDetails?> FindAsync(TestReference test, CancellationToken cancellationToken = default);
}
