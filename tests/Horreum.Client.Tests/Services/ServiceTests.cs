using Horreum.Client.Models;
using Horreum.Client.Repositories;
using Horreum.Client.Services;
using Horreum.Client.Services.Paging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Horreum.Client.Tests.Services;

/// <summary>The services alone, on substituted repositories.</summary>
public sealed class ServiceTests
{
    private static readonly IOptions<HorreumContractOptions> Options = Microsoft.Extensions.Options.Options.Create(new HorreumContractOptions());
    private static readonly PageTokens Tokens = new(Options);
    private readonly ITestRepository _tests = Substitute.For<ITestRepository>();
    private readonly ISchemaRepository _schemas = Substitute.For<ISchemaRepository>();

    [Fact]
    public async Task ListAsync_NameFilter_AsksForOneMoreSinceTheCountIsNotTrue()
    {
        _tests.ListAsync(Arg.Any<TestListRequest>(), Arg.Any<ListOrder>(), Arg.Any<CancellationToken>())
            .Returns(call => new ListSlice<TestEntry>([.. Enumerable.Range(1, call.Arg<ListOrder>().Limit).Select(Entry)], null));

        TestPage page = await Service().ListAsync(new TestListRequest { Name = "t", PageSize = 3 });

        page.Tests.Should().HaveCount(3);
        page.Pagination.HasMore.Should().BeTrue();
        page.Pagination.TotalCount.Should().BeNull();
        await _tests.Received(1).ListAsync(Arg.Any<TestListRequest>(), new ListOrder(1, 4), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task ListAsync_TotalCanBeTrusted_AsksForThePageAlone()
    {
        _tests.ListAsync(Arg.Any<TestListRequest>(), Arg.Any<ListOrder>(), Arg.Any<CancellationToken>())
            .Returns(call => new ListSlice<TestEntry>([.. Enumerable.Range(1, 3).Select(Entry)], 7));

        TestPage page = await Service().ListAsync(new TestListRequest { PageSize = 3, Page = 2 });

        page.Pagination.HasMore.Should().BeTrue();
        await _tests.Received(1).ListAsync(Arg.Any<TestListRequest>(), new ListOrder(2, 3), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task ListAsync_ElementCannotBeRead_PageIsShorterAndTheNextBeginsBehindIt()
    {
        _tests.ListAsync(Arg.Any<TestListRequest>(), Arg.Any<ListOrder>(), Arg.Any<CancellationToken>())
            .Returns(call => new ListSlice<TestEntry>([Entry(1), null, Entry(3)], 6, ["tests[1] is null and was left out."]));

        TestPage page = await Service().ListAsync(new TestListRequest { PageSize = 3 });
        await Service().ListAsync(new TestListRequest { PageToken = page.Pagination.NextPageToken });

        page.Tests.Select(test => test.Id).Should().Equal(1, 3);
        page.Warnings.Should().ContainSingle();
        await _tests.Received(1).ListAsync(Arg.Any<TestListRequest>(), new ListOrder(2, 3), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task FindAsync_SearchDoesNotKnowUris_AsksForTheUri()
    {
        _schemas.ListAsync(Arg.Any<SchemaListRequest>(), Arg.Any<ListOrder>(), Arg.Any<CancellationToken>()).Returns(new ListSlice<SchemaEntry>([], 0));
        _schemas.FindIdAsync("urn:a:1", Arg.Any<CancellationToken>()).Returns(9);
        _schemas.GetAsync(9, Arg.Any<CancellationToken>()).Returns(new SchemaEntry { Id = 9, SchemaId = "9", Uri = "urn:a:1" });

        SchemaPage page = await new SchemaService(_schemas, new OffsetPages(Tokens, Options)).FindAsync("urn:a:1");

        page.Schemas.Should().ContainSingle().Which.Id.Should().Be(9);
    }

    [Fact]
    public async Task FindAsync_NamesCannotBeListed_IsStillNotFound()
    {
        _schemas.ListAsync(Arg.Is<SchemaListRequest>(request => request.Name == null), Arg.Any<ListOrder>(), Arg.Any<CancellationToken>())
            .Returns<ListSlice<SchemaEntry>>(_ => throw new HttpRequestException("gone"));
        _schemas.ListAsync(Arg.Is<SchemaListRequest>(request => request.Name != null), Arg.Any<ListOrder>(), Arg.Any<CancellationToken>())
            .Returns(new ListSlice<SchemaEntry>([], 0));

        Func<Task> find = () => new SchemaService(_schemas, new OffsetPages(Tokens, Options)).FindAsync("nothing");

        (await find.Should().ThrowAsync<HorreumContractException>()).Which.Error.Code.Should().Be(ErrorCode.NotFound);
    }

    private TestService Service() =>
        new(_tests, new TestDirectory(_tests, Options, new FakeTimeProvider()), new OffsetPages(Tokens, Options));

    private static TestEntry Entry(int id) => new() { Id = id, TestId = id.ToString(System.Globalization.CultureInfo.InvariantCulture), Name = $"t{id}" };
}
