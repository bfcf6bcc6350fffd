using System.Net;
using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;
using Horreum.Client.Repositories;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Horreum.Client.Tests.Repositories;

/// <summary>The repositories alone, on a substituted client.</summary>
public sealed class RepositoryTests
{
    private readonly IHorreumClient _client = Substitute.For<IHorreumClient>();

    [Fact]
    public async Task ListAsync_Schemas_CountTheirPagesFromZero()
    {
        _client.Schemas.ListAsync(Arg.Any<SchemaListQuery>(), Arg.Any<CancellationToken>()).Returns(new SchemaQueryResult { Count = 5 });

        ListSlice<SchemaEntry> all = await new SchemaRepository(_client).ListAsync(new SchemaListRequest(), new ListOrder(3, 10));
        ListSlice<SchemaEntry> named = await new SchemaRepository(_client).ListAsync(new SchemaListRequest { Name = "a" }, new ListOrder(1, 10));

        await _client.Schemas.Received(1).ListAsync(Arg.Is<SchemaListQuery>(query => query.Page == 2 && query.Limit == 10), Arg.Any<CancellationToken>());
        all.Total.Should().Be(5);
        named.Total.Should().BeNull("Horreum's count ignores the name");
    }

    [Fact]
    public async Task ListByTestAsync_LabelValues_WidenTheExclusiveBounds()
    {
        TestLabelValueQuery? asked = null;
        _client.Labels.GetTestValuesAsync(7, Arg.Do<TestLabelValueQuery>(query => asked = query), Arg.Any<CancellationToken>()).Returns([]);
        DateTimeOffset from = new(2025, 9, 24, 0, 0, 0, TimeSpan.Zero);

        await new LabelValueRepository(_client).ListByTestAsync(
            7, new TestLabelValueRequest { Test = TestReference.ById(7) }, new AppliedTimeRange { From = from, To = from.AddDays(1) }, new ListOrder(1, 5));

        asked!.After.Should().Be(from.AddMilliseconds(-1));
        asked.Before.Should().Be(from.AddDays(1));
        asked.Page.Should().Be(0, "these lists count from zero");
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, true)]
    [InlineData(HttpStatusCode.Forbidden, false)]
    public async Task FindAsync_ServerRefuses_IsNothingOnlyWhenNotFound(HttpStatusCode status, bool nothing)
    {
        _client.Tests.GetByNameAsync("a", Arg.Any<CancellationToken>()).ThrowsAsync(new HorreumApiException("refused", status) { Path = "/api/test/byName/a" });

        Func<Task<TestDetails?>> find = () => new TestRepository(_client).FindAsync(TestReference.ByName("a"));

        if (nothing)
        {
            (await find()).Should().BeNull();
        }
        else
        {
            await find.Should().ThrowAsync<HorreumApiException>();
        }
    }

    [Fact]
    public async Task ListByTestAsync_RunHasNoId_KeepsItsPlace()
    {
        _client.Runs.ListByTestAsync(7, Arg.Any<TestRunQuery>(), Arg.Any<CancellationToken>())
            .Returns(new RunsSummary { Total = 3, Runs = [new RunSummary { Id = 1 }, new RunSummary(), new RunSummary { Id = 3 }] });

        ListSlice<RunEntry> slice = await new RunRepository(_client).ListByTestAsync(7, false, new ListOrder(1, 3));

        slice.Items.Select(run => run?.Id).Should().Equal(1, null, 3);
        slice.Warnings.Should().ContainSingle().Which.Should().Contain("[1]");
    }
}
