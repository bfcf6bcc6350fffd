using System.Collections.Concurrent;
using System.Globalization;
using Horreum.Client.Models;
using Horreum.Client.Repositories;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Services;

/// <summary>Finds the id behind a test's name. Callers that ask at the same time share one call, and the answer is remembered for a short while.</summary>
internal sealed class TestDirectory(TestRepository tests, IOptions<HorreumContractOptions> options, TimeProvider time)
{
    private const int MostNames = 10_000;
    private const int MostSuggested = 1000;
    private readonly ConcurrentDictionary<string, (Task<int?> Id, DateTimeOffset Until)> _names = new(StringComparer.Ordinal);

    /// <summary>The id of a test.</summary>
    /// <exception cref="HorreumContractException">No test has the name; the nearest one is suggested.</exception>
    public async Task<int> ResolveAsync(TestReference test, CancellationToken cancellationToken)
    {
        if (test.Id is { } id)
        {
            return id;
        }

        // A name of digits is an id: Horreum itself would read it so.
        string name = test.Name!;
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0)
        {
            return number;
        }

        return await FindAsync(name, cancellationToken).ConfigureAwait(false)
            ?? throw await MissingAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The refusal of a name that no test has, with the one that was probably meant.</summary>
    public async Task<HorreumContractException> MissingAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            ListSlice<TestEntry> known = await tests.ListAsync(new TestListRequest(), new ListOrder(1, MostSuggested), cancellationToken).ConfigureAwait(false);
            return HorreumContractException.NotFound("test", name, [.. known.Items.Select(test => test?.Name).OfType<string>()]);
        }
        catch (HttpRequestException)
        {
            // The suggestion is a courtesy: that the test is missing is what the caller must learn.
            return HorreumContractException.NotFound("test", name, []);
        }
    }

    private async Task<int?> FindAsync(string name, CancellationToken cancellationToken)
    {
        TimeSpan keep = options.Value.NameCacheDuration;
        if (keep == TimeSpan.Zero)
        {
            return (await tests.FindAsync(TestReference.ByName(name), cancellationToken).ConfigureAwait(false))?.Id;
        }

        DateTimeOffset now = time.GetUtcNow();
        if (_names.TryGetValue(name, out (Task<int?> Id, DateTimeOffset Until) known) && known.Until > now)
        {
            return await known.Id.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_names.Count >= MostNames)
        {
            _names.Clear();
        }

        // Not ended by this caller's token: others may wait for the same answer.
        Task<int?> reading = ReadAsync(name);
        _names[name] = (reading, now + keep);
        return await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<int?> ReadAsync(string name)
    {
        try
        {
            int? id = (await tests.FindAsync(TestReference.ByName(name)).ConfigureAwait(false))?.Id;
            if (id is null)
            {
                _names.TryRemove(name, out _);
            }

            return id;
        }
        catch
        {
            _names.TryRemove(name, out _);
            throw;
        }
    }
}
