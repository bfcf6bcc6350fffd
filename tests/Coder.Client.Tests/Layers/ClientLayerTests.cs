using Coder.Client.Clients.Wire;
using Microsoft.Extensions.DependencyInjection;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Coder.Client.Tests.Layers;

/// <summary>The client alone, over a stub of HTTP: what is sent, letter by letter, and how one answer is read.</summary>
public sealed class ClientLayerTests : IAsyncDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly ServiceProvider _services;

    public ClientLayerTests()
    {
        ServiceCollection services = [];
        services.AddLogging();
        services.AddCoderClient(options =>
        {
            options.BaseAddress = new Uri(_server.Url! + "/base/");
            options.SessionToken = "the-token";
            options.MaxRetries = 0;
        });
        _services = services.BuildServiceProvider();
    }

    private ICoderClient Client => _services.GetRequiredService<ICoderClient>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task GetByName_NameWithASlash_IsOneSegmentUnderTheBasePath()
    {
        _server.Given(Request.Create().UsingGet()).RespondWith(
            Response.Create().WithHeader("Content-Type", "application/json").WithBodyAsJson(new { name = "x" }));

        Workspace workspace = await Client.Workspaces.GetByNameAsync("a/b", "cd");

        workspace.Name.Should().Be("x");
        _server.LogEntries.Should().ContainSingle().Which.RequestMessage!.AbsoluteUrl.Should().EndWith("/base/api/v2/users/a%2Fb/workspace/cd");
        _server.LogEntries[0].RequestMessage!.Headers!["Coder-Session-Token"].Should().Equal("the-token");
    }

    [Fact]
    public async Task AnyCall_RateLimited_SaysForHowLong()
    {
        _server.Given(Request.Create().UsingGet()).RespondWith(
            Response.Create().WithStatusCode(429).WithHeader("Retry-After", "37").WithHeader("Content-Type", "application/json").WithBodyAsJson(new { message = "Slow down." }));

        (await Client.Invoking(client => client.Users.GetAsync("me")).Should().ThrowAsync<CoderRateLimitException>())
            .Which.RetryAfter.Should().Be(TimeSpan.FromSeconds(37));
    }

    [Fact]
    public async Task CreateBuild_Body_HoldsWhatIsSetAndNothingElse()
    {
        _server.Given(Request.Create().UsingPost()).RespondWith(
            Response.Create().WithStatusCode(201).WithHeader("Content-Type", "application/json").WithBodyAsJson(new { transition = "stop" }));

        await Client.Workspaces.CreateBuildAsync(Guid.Empty, new CreateBuildRequest { Transition = "stop" });

        _server.LogEntries.Should().ContainSingle().Which.RequestMessage!.Body.Should().Be("""{"transition":"stop"}""");
    }
}
