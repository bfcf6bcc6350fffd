using Horreum.Client.Models;

namespace Horreum.Client.Services;

/// <summary>Tests, as the Source MCP Contract shows them.</summary>
/// <remarks>
/// Methods throw <see cref="HorreumContractException"/> for bad input and <see cref="HttpRequestException"/> for what goes wrong with Horreum.
/// </remarks>
public interface ITestService
{
    /// <summary>Lists tests of all folders, or of one, by name; one call to Horreum.</summary>
    Task<TestPage> ListAsync(TestListRequest request, CancellationToken cancellationToken = default);

    /// <summary>All tests that match, page by page; stops reading when the caller does.</summary>
    IAsyncEnumerable<TestEntry> EnumerateAsync(TestListRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads one test with its settings.</summary>
    Task<TestDetails> GetAsync(TestReference test, CancellationToken cancellationToken = default);
}
