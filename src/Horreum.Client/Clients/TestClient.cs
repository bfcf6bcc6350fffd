using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;

namespace Horreum.Client.Clients;

internal sealed class TestClient(HorreumTransport transport) : ITestClient
{
    public Task<Test> UpdateAsync(Test test, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Put,
            RequestPath.Create($"api/test"),
            HttpBody.Json(test, HorreumJsonContext.Default.Test),
            HorreumJsonContext.Default.Test,
            cancellationToken);

    public Task<TestQueryResult> ListAsync(TestListQuery? query = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/test").Add(query), HorreumJsonContext.Default.TestQueryResult, cancellationToken);

    public Task<Test> AddAsync(Test test, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/test"),
            HttpBody.Json(test, HorreumJsonContext.Default.Test),
            HorreumJsonContext.Default.Test,
            cancellationToken);

    public Task<Test> GetByNameAsync(string name, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/test/byName/{name}"), HorreumJsonContext.Default.Test, cancellationToken);

    public Task<IReadOnlyList<string?>> GetFoldersAsync(string? roles = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/test/folders").Add("roles", roles),
            HorreumJsonContext.Default.IReadOnlyListString,
            cancellationToken);

    public Task<int> UpdateFromExportAsync(TestExport exported, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Put,
            RequestPath.Create($"api/test/import"),
            HttpBody.Json(exported, HorreumJsonContext.Default.TestExport),
            HorreumJsonContext.Default.Int32,
            cancellationToken);

    public Task<int> ImportAsync(TestExport exported, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/test/import"),
            HttpBody.Json(exported, HorreumJsonContext.Default.TestExport),
            HorreumJsonContext.Default.Int32,
            cancellationToken);

    public Task<TestListing> GetSummariesAsync(TestSummaryQuery? query = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/test/summary").Add(query), HorreumJsonContext.Default.TestListing, cancellationToken);

    public Task<Test> GetAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/test/{id}"), HorreumJsonContext.Default.Test, cancellationToken);

    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/test/{id}"), cancellationToken);

    public Task<TestExport> ExportAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/test/{id}/export"), HorreumJsonContext.Default.TestExport, cancellationToken);

    public Task<IReadOnlyList<FingerprintSet>> GetFingerprintsAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/test/{id}/fingerprint"),
            HorreumJsonContext.Default.IReadOnlyListFingerprintSet,
            cancellationToken);

    public Task MoveAsync(int id, string? folder = null, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, RequestPath.Create($"api/test/{id}/move").Add("folder", folder), cancellationToken);

    public Task UpdateNotificationsAsync(int id, bool enabled, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, RequestPath.Create($"api/test/{id}/notifications").Add("enabled", enabled), cancellationToken);

    public Task RecalculateAsync(int id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, RequestPath.Create($"api/test/{id}/recalculate"), cancellationToken);

    public Task<RecalculationStatus> GetRecalculationStatusAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/test/{id}/recalculate"),
            HorreumJsonContext.Default.RecalculationStatus,
            cancellationToken);

    public Task UpdateTransformersAsync(int id, IReadOnlyList<int> transformerIds, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/test/{id}/transformers"),
            HttpBody.Json(transformerIds, HorreumJsonContext.Default.IReadOnlyListInt32),
            cancellationToken);

    public Task UpdateAccessAsync(int id, string owner, Access access, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, RequestPath.Create($"api/test/{id}/updateAccess").Add("owner", owner).Add("access", access), cancellationToken);
}
