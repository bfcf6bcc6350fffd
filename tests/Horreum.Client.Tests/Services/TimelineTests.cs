using Horreum.Client.Models;
using Horreum.Client.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared.Horreum;

namespace Horreum.Client.Tests.Services;

public sealed class TimelineTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private FakeHorreum _horreum = null!;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _horreum = await FakeHorreum.StartAsync();
        _horreum.State.AddRuns(5000, Now);
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        services.AddHorreumClient(options => options.BaseAddress = _horreum.Address);
        services.AddHorreumServices();
        _services = services.BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _horreum.DisposeAsync();
    }

    private IRunService Runs => _services.GetRequiredService<IRunService>();

    [Theory]
    [InlineData("all", null, 1, 5000)]
    [InlineData("last 48 hours", null, 1, 48)]
    [InlineData("3000 hours ago", "2000 hours ago", 2001, 1000)]
    [InlineData("4990 hours ago", null, 1, 4990)]
    [InlineData(null, "4990 hours ago", 4991, 10)]
    [InlineData("2020-01-01", "2021-01-01", 0, 0)]
    [InlineData("tomorrow", null, 0, 0)]
    public async Task ListAsync_IntervalAnywhereInALongHistory_IsFoundByAFewCalls(string? from, string? to, int first, int total)
    {
        RunPage page = await Runs.ListAsync(new RunListRequest { Test = TestReference.ById(123), From = from, To = to, PageSize = 20 });

        page.Runs.Select(run => run.Id).Should().Equal(Enumerable.Range(first, Math.Min(20, total)));
        page.Pagination.TotalCount.Should().Be(total);
        page.Pagination.HasMore.Should().Be(total > 20);

        // Two bisections over 5000 runs; reading the history would take 250 calls of this page's size.
        _horreum.Journal.Count.Should().BeLessThanOrEqualTo(28);

        if (page.Pagination.NextPageToken is { } token)
        {
            _horreum.ClearJournal();
            RunPage second = await Runs.ListAsync(new RunListRequest { Test = TestReference.ById(123), PageToken = token });
            second.Runs.Select(run => run.Id).Should().Equal(Enumerable.Range(first + 20, Math.Min(20, total - 20)));
            second.Pagination.TotalCount.Should().Be(total);
            _horreum.Journal.Should().ContainSingle();
        }
    }

    [Fact]
    public async Task ListAsync_Ascending_GivesTheOldestFirst()
    {
        RunPage page = await Runs.ListAsync(new RunListRequest
        {
            Test = TestReference.ById(123),
            From = "100 hours ago",
            PageSize = 3,
            Direction = SortDirection.Ascending,
        });

        page.Runs.Select(run => run.Id).Should().Equal(100, 99, 98);
        page.Pagination.TotalCount.Should().Be(100);
    }

    [Fact]
    public async Task ListAsync_SortedBySomethingElse_SortsTheIntervalOnly()
    {
        RunListRequest request = new() { Test = TestReference.ById(123), From = "10 hours ago", PageSize = 4, Sort = "id", Direction = SortDirection.Ascending };
        RunPage page = await Runs.ListAsync(request);
        RunPage second = await Runs.ListAsync(request with { PageToken = page.Pagination.NextPageToken });

        page.Runs.Select(run => run.Id).Should().Equal(1, 2, 3, 4);
        second.Runs.Select(run => run.Id).Should().Equal(5, 6, 7, 8);
        page.Pagination.TotalCount.Should().Be(10);
    }

    [Fact]
    public async Task ListAsync_ManyRunsStartTogether_NoneRepeatsOrIsLost()
    {
        long start = Now.AddMinutes(-1).ToUnixTimeMilliseconds();
        _horreum.State.Tests.Add(new FakeTest(7, "together", null));
        _horreum.State.Runs.AddRange(Enumerable.Range(0, 30).Select(i => new FakeRun(9000 + i, 7, start, start, "urn:example:1", false)));
        List<int> ids = [];
        RunListRequest request = new() { Test = TestReference.ById(7), PageSize = 4 };
        string? token = null;
        do
        {
            RunPage page = await Runs.ListAsync(request with { PageToken = token });
            ids.AddRange(page.Runs.Select(run => run.Id));
            token = page.Pagination.NextPageToken;
        }
        while (token is not null);

        ids.Should().BeEquivalentTo(Enumerable.Range(9000, 30)).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task ListAsync_RunsVanishBetweenPages_ContinuesBehindTheLastOne()
    {
        RunListRequest request = new() { Test = TestReference.ById(123), From = "all", PageSize = 10 };
        RunPage first = await Runs.ListAsync(request);
        _horreum.State.Runs.RemoveRange(0, 8);

        RunPage second = await Runs.ListAsync(request with { PageToken = first.Pagination.NextPageToken });

        second.Runs.Select(run => run.Id).Should().Equal(Enumerable.Range(11, 10));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(40)]
    public async Task ListAsync_TokenWasChanged_IsRefused(int position)
    {
        RunPage page = await Runs.ListAsync(new RunListRequest { Test = TestReference.ById(123), PageSize = 10 });
        char[] token = page.Pagination.NextPageToken!.ToCharArray();
        token[position] = token[position] == 'A' ? 'B' : 'A';

        Func<Task> list = () => Runs.ListAsync(new RunListRequest { Test = TestReference.ById(123), PageToken = new string(token) });

        (await list.Should().ThrowAsync<HorreumContractException>()).Which.Error.Code.Should().Be(ErrorCode.InvalidRequest);
    }

    [Fact]
    public async Task ListAsync_TokenOfAnotherQuery_IsRefused()
    {
        _horreum.State.Tests.Add(new FakeTest(8, "other", null));
        RunPage page = await Runs.ListAsync(new RunListRequest { Test = TestReference.ById(123), PageSize = 10, From = "last week" });
        string token = page.Pagination.NextPageToken!;
        RunListRequest[] others =
        [
            new() { Test = TestReference.ById(8), PageToken = token },
            new() { Test = TestReference.ById(123), Trashed = true, PageToken = token },
            new() { Test = TestReference.ById(123), From = "last month", PageToken = token },
            new() { Test = TestReference.ById(123), Direction = SortDirection.Ascending, PageToken = token },
        ];

        foreach (RunListRequest other in others)
        {
            await FluentActions.Awaiting(() => Runs.ListAsync(other)).Should().ThrowAsync<HorreumContractException>();
        }

        (await Runs.ListAsync(new RunListRequest { Test = TestReference.ById(123), PageToken = token })).Runs.Should().HaveCount(10);
    }

    [Fact]
    public async Task EnumerateAsync_CallerStopsEarly_ReadsNoFurtherPage()
    {
        List<int> ids = [];
        await foreach (RunEntry run in Runs.EnumerateAsync(new RunListRequest { Test = TestReference.ById(123), From = "all" }))
        {
            ids.Add(run.Id);
            if (ids.Count == 3)
            {
                break;
            }
        }

        ids.Should().Equal(1, 2, 3);
        _horreum.Journal.Should().ContainSingle();
    }

    [Fact]
    public async Task EnumerateAsync_WholeInterval_GivesEachOnce()
    {
        int count = 0;
        await foreach (RunEntry run in Runs.EnumerateAsync(new RunListRequest { Test = TestReference.ById(123), From = "1200 hours ago" }))
        {
            run.Id.Should().Be(++count);
        }

        count.Should().Be(1200);
        _horreum.Journal.Should().HaveCount(3);
    }

    [Fact]
    public async Task ResolveAsync_ManyCallersAtOnce_ShareOneCall()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Runs.CountAsync(TestReference.ByName("example-test"))));

        _horreum.Journal.Count(request => request.Path.Contains("byName", StringComparison.Ordinal)).Should().Be(1);
    }
}
