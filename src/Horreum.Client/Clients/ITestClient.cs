using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Clients;

/// <summary>Tests.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface ITestClient
{
    /// <summary>Replaces a test, found by its id, and answers what was stored. <c>PUT /api/test</c></summary>
    Task<Test> UpdateAsync(Test test, CancellationToken cancellationToken = default);

    /// <summary>Lists tests with all their settings, one page. Pages count from zero here. <c>GET /api/test</c></summary>
    Task<TestQueryResult> ListAsync(TestListQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Adds a test. <c>POST /api/test</c></summary>
    Task<Test> AddAsync(Test test, CancellationToken cancellationToken = default);

    /// <summary>Finds a test by name. A name of digits only is taken as an id first. <c>GET /api/test/byName/{name}</c></summary>
    Task<Test> GetByNameAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Lists the folders that hold tests; null stands for the root. <c>GET /api/test/folders</c></summary>
    Task<IReadOnlyList<string?>> GetFoldersAsync(string? roles = null, CancellationToken cancellationToken = default);

    /// <summary>Replaces a test with all that belongs to it from an export, and answers the id. <c>PUT /api/test/import</c></summary>
    Task<int> UpdateFromExportAsync(TestExport exported, CancellationToken cancellationToken = default);

    /// <summary>Adds a test with all that belongs to it from an export, and answers the id. <c>POST /api/test/import</c></summary>
    Task<int> ImportAsync(TestExport exported, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists tests with their counts, by name, one page. Without a folder only the root is listed; <c>*</c> means all folders.
    /// <c>GET /api/test/summary</c>
    /// </summary>
    Task<TestListing> GetSummariesAsync(TestSummaryQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Reads one test. <c>GET /api/test/{id}</c></summary>
    Task<Test> GetAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Deletes a test with its runs. <c>DELETE /api/test/{id}</c></summary>
    Task DeleteAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Reads a test with all that belongs to it. <c>GET /api/test/{id}/export</c></summary>
    Task<TestExport> ExportAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Lists the fingerprints that occur in a test. <c>GET /api/test/{id}/fingerprint</c></summary>
    Task<IReadOnlyList<FingerprintSet>> GetFingerprintsAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Moves a test to a folder; to the root with null. <c>POST /api/test/{id}/move</c></summary>
    Task MoveAsync(int id, string? folder = null, CancellationToken cancellationToken = default);

    /// <summary>Turns the notifications of a test on or off. <c>POST /api/test/{id}/notifications</c></summary>
    Task UpdateNotificationsAsync(int id, bool enabled, CancellationToken cancellationToken = default);

    /// <summary>Starts transforming all runs of a test again. <c>POST /api/test/{id}/recalculate</c></summary>
    Task RecalculateAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Says how far the transformation of a test's runs has come. <c>GET /api/test/{id}/recalculate</c></summary>
    Task<RecalculationStatus> GetRecalculationStatusAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Replaces which transformers a test uses. <c>POST /api/test/{id}/transformers</c></summary>
    Task UpdateTransformersAsync(int id, IReadOnlyList<int> transformerIds, CancellationToken cancellationToken = default);

    /// <summary>Changes the owner and the visibility of a test. <c>POST /api/test/{id}/updateAccess</c></summary>
    Task UpdateAccessAsync(int id, string owner, Access access, CancellationToken cancellationToken = default);
}
