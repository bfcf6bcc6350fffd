using System.Globalization;
using Horreum.Client.Models;
using Horreum.Client.Services;
using Microsoft.Extensions.DependencyInjection;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Horreum.Client.Tests.Services;

/// <summary>The services alone: what they ask for, and what they make of one answer.</summary>
public sealed class ServiceTests : IAsyncDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly ServiceProvider _services;

    public ServiceTests()
    {
        ServiceCollection services = [];
        services.AddLogging();
        services.AddHorreumClient(options => options.BaseAddress = new Uri(_server.Url!));
        services.AddHorreumServices();
        _services = services.BuildServiceProvider();
    }

    private ITestService Tests => _services.GetRequiredService<ITestService>();

    private ISchemaService Schemas => _services.GetRequiredService<ISchemaService>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task ListAsync_NameFilter_AsksForOneMoreSinceTheCountIsNotTrue()
    {
        AnswerTests(7, Test(1), Test(2), Test(3), Test(4));

        TestPage page = await Tests.ListAsync(new TestListRequest { Name = "t", PageSize = 3 });

        page.Tests.Should().HaveCount(3);
        page.Pagination.HasMore.Should().BeTrue();
        page.Pagination.TotalCount.Should().BeNull();
        Asked().Should().Equal((1, 4));
    }

    [Fact]
    public async Task ListAsync_TotalCanBeTrusted_AsksForThePageAlone()
    {
        AnswerTests(7, Test(1), Test(2), Test(3));

        TestPage page = await Tests.ListAsync(new TestListRequest { PageSize = 3, Page = 2 });

        page.Pagination.HasMore.Should().BeTrue();
        Asked().Should().Equal((2, 3));
    }

    [Fact]
    public async Task ListAsync_ElementCannotBeRead_PageIsShorterAndTheNextBeginsBehindIt()
    {
        AnswerTests(6, Test(1), null, Test(3));

        TestPage page = await Tests.ListAsync(new TestListRequest { PageSize = 3 });
        await Tests.ListAsync(new TestListRequest { PageToken = page.Pagination.NextPageToken });

        page.Tests.Select(test => test.Id).Should().Equal(1, 3);
        page.Warnings.Should().ContainSingle();
        Asked().Should().Equal((1, 3), (2, 3));
    }

    [Fact]
    public async Task FindAsync_SearchDoesNotKnowUris_AsksForTheUri()
    {
        Answer(Request.Create().WithPath("/api/schema"), new { schemas = Array.Empty<object>(), count = 0 });
        Answer(Request.Create().WithPath("/api/schema/idByUri/*"), 9);
        Answer(Request.Create().WithPath("/api/schema/9"), new { id = 9, uri = "urn:a:1" });

        SchemaPage page = await Schemas.FindAsync("urn:a:1");

        page.Schemas.Should().ContainSingle().Which.Id.Should().Be(9);
        _server.LogEntries.Should().ContainSingle(entry => entry.RequestMessage!.Path == "/api/schema/idByUri/urn:a:1");
    }

    [Fact]
    public async Task FindAsync_NamesCannotBeListed_IsStillNotFound()
    {
        _server.Given(Request.Create().WithPath("/api/schema")).AtPriority(2).RespondWith(Response.Create().WithStatusCode(503));
        Answer(Request.Create().WithPath("/api/schema").WithParam("name"), new { schemas = Array.Empty<object>(), count = 0 });

        Func<Task> find = () => Schemas.FindAsync("nothing");

        (await find.Should().ThrowAsync<HorreumContractException>()).Which.Error.Code.Should().Be(ErrorCode.NotFound);
        _server.LogEntries[^1].ResponseMessage!.StatusCode.Should().Be(503, "the names were asked for");
    }

    private static object Test(int id) => new { id, name = $"t{id}" };

    private void AnswerTests(int count, params object?[] tests) => Answer(Request.Create().WithPath("/api/test/summary"), new { tests, count });

    private void Answer(IRequestBuilder request, object body) =>
        _server.Given(request.UsingGet()).AtPriority(1).RespondWith(Response.Create().WithHeader("Content-Type", "application/json").WithBodyAsJson(body));

    /// <summary>The pages that were asked for, with their lengths.</summary>
    private IEnumerable<(int Page, int Limit)> Asked() =>
        _server.LogEntries.Select(entry => (Number(entry.RequestMessage!, "page"), Number(entry.RequestMessage!, "limit")));

    private static int Number(WireMock.IRequestMessage request, string name) => int.Parse(request.Query![name].Single(), CultureInfo.InvariantCulture);
}
