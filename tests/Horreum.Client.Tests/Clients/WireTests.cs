using System.Net;
using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Horreum.Client.Tests.Clients;

/// <summary>One client and one request: addresses, encoding, statuses, repetition.</summary>
public sealed class WireTests : IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("a/b", "/api/test/byName/a%2Fb")]
    [InlineData("a b?c#d", "/api/test/byName/a%20b%3Fc%23d")]
    [InlineData("ü", "/api/test/byName/%C3%BC")]
    public async Task GetByNameAsync_AnyName_StaysInItsSegment(string name, string path)
    {
        _server.Given(Request.Create().UsingGet()).RespondWith(Response.Create().WithHeader("Content-Type", "application/json").WithBody("""{"id":5}"""));
        await using ServiceProvider services = ClientProvider.Build(new Uri(_server.Url!));

        (await ClientProvider.Client(services).Tests.GetByNameAsync(name)).Id.Should().Be(5);

        new Uri(_server.LogEntries.Single().RequestMessage!.AbsoluteUrl).AbsolutePath.Should().Be(path);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("")]
    public async Task GetByNameAsync_NameThatLeavesItsSegment_IsNotSent(string name)
    {
        await using ServiceProvider services = ClientProvider.Build(new Uri(_server.Url!));

        Func<Task> read = () => ClientProvider.Client(services).Tests.GetByNameAsync(name);

        await read.Should().ThrowAsync<ArgumentException>();
        _server.LogEntries.Should().BeEmpty();
    }

    [Fact]
    public async Task ListByTestAsync_Query_IsSpelledAsHorreumWants()
    {
        _server.Given(Request.Create().WithPath("/base/api/run/list/7").UsingGet())
            .RespondWith(Response.Create().WithHeader("Content-Type", "application/json").WithBody("""{"total":0,"runs":[]}"""));
        await using ServiceProvider services = ClientProvider.Build(new Uri(_server.Url! + "/base/"), options => options.UseToken("HUSR_1"));

        await ClientProvider.Client(services).Runs.ListByTestAsync(7, new TestRunQuery { Trashed = true, Limit = 5, Page = 2, Sort = "start" });

        WireMock.IRequestMessage sent = _server.LogEntries.Single().RequestMessage!;
        new Uri(sent.AbsoluteUrl).Query.Should().Contain("trashed=true").And.Contain("limit=5").And.Contain("page=2");
        sent.Headers!["X-Horreum-API-Key"].Should().Equal("HUSR_1");
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("-7", 0)]
    public async Task GetAsync_ServerAsksToWait_SaysHowLong(string header, int seconds)
    {
        _server.Given(Request.Create().UsingGet()).RespondWith(Response.Create().WithStatusCode(429).WithHeader("Retry-After", header).WithBody("slow"));
        await using ServiceProvider services = ClientProvider.Build(new Uri(_server.Url!));

        Func<Task> read = () => ClientProvider.Client(services).Runs.CountAsync(1);

        HorreumApiException thrown = (await read.Should().ThrowAsync<HorreumApiException>()).Which;
        thrown.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        thrown.ResponseBody.Should().Be("slow");
        (thrown.RetryAfter?.TotalSeconds ?? 0).Should().Be(seconds);
    }

    [Fact]
    public async Task GetAsync_RetryAfterIsADate_IsCountedByTheClock()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _server.Given(Request.Create().UsingGet()).RespondWith(Response.Create().WithStatusCode(503)
            .WithHeader("Retry-After", clock.GetUtcNow().AddSeconds(90).ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
        await using ServiceProvider services = ClientProvider.Build(new Uri(_server.Url!), time: clock);

        Func<Task> read = () => ClientProvider.Client(services).Runs.CountAsync(1);

        (await read.Should().ThrowAsync<HorreumApiException>()).Which.RetryAfter.Should().Be(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task GetSummaryAsync_OddMembers_AreLeftOut()
    {
        _server.Given(Request.Create().UsingGet()).RespondWith(Response.Create().WithHeader("Content-Type", "application/json")
            .WithBody("""{"id":1.0,"trashed":null,"owner":"me","schemas":[null,{"id":2}]}"""));
        await using ServiceProvider services = ClientProvider.Build(new Uri(_server.Url!));

        RunSummary run = await ClientProvider.Client(services).Runs.GetSummaryAsync(1);

        run.Id.Should().Be(1);
        run.Owner.Should().Be("me");
        run.Schemas.Should().ContainSingle().Which.Id.Should().Be(2);
    }
}
