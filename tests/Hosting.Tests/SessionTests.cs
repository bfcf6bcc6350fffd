using System.Net;
using System.Text.Json.Nodes;
using Hosting.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared.Testing;

namespace Hosting.Tests;

/// <summary>Sessions of the protocol versions with a handshake.</summary>
public sealed class SessionTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Delete_OpenSession_EndsIt()
    {
        await using TestHost host = await TestHost.StartAsync();
        string session = await host.Http.OpenAsync();

        using HttpResponseMessage deleted = await host.Http.SendAsync(Rpc.Delete(session));
        using HttpResponseMessage after = await host.Http.SendAsync(Rpc.Post(Rpc.Call("echo"), session: session));

        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        after.StatusCode.Should().Be(HttpStatusCode.NotFound);
        Registry(host).Count.Should().Be(0);
    }

    [Fact]
    public async Task Delete_CallRunning_CancelsIt()
    {
        await using TestHost host = await TestHost.StartAsync();
        string session = await host.Http.OpenAsync();
        Task<HttpResponseMessage> call = host.Http.SendAsync(Rpc.Post(Rpc.Call("wait"), session: session));
        await host.Gate.Entered.Task.WaitAsync(TestHost.Patience);

        using HttpResponseMessage deleted = await host.Http.SendAsync(Rpc.Delete(session));

        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        await host.Gate.Cancelled.Task.WaitAsync(TestHost.Patience);
        using HttpResponseMessage ended = await call;
    }

    [Theory]
    [InlineData(Rpc.BothTypes)]
    [InlineData("application/json")]
    public async Task Cancel_CallRunning_CancelsItAndEndsTheResponse(string accept)
    {
        await using TestHost host = await TestHost.StartAsync();
        string session = await host.Http.OpenAsync();
        Task<HttpResponseMessage> call = host.Http.SendAsync(Rpc.Post(Rpc.Call("wait"), accept, session));
        await host.Gate.Entered.Task.WaitAsync(TestHost.Patience);

        const string Cancel = """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}""";
        using HttpResponseMessage cancelled = await host.Http.SendAsync(Rpc.Post(Cancel, session: session));

        cancelled.StatusCode.Should().Be(HttpStatusCode.Accepted);
        await host.Gate.Cancelled.Task.WaitAsync(TestHost.Patience);
        using HttpResponseMessage ended = await call.WaitAsync(TestHost.Patience);
    }

    [Fact]
    public async Task Post_NoSession_SaysWhatIsMissing()
    {
        await using TestHost host = await TestHost.StartAsync();

        using HttpResponseMessage response = await host.Http.SendAsync(Rpc.Post(Rpc.Call("echo")));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        JsonNode answer = await response.AnswerAsync();
        answer["id"]!.GetValue<int>().Should().Be(7);
        answer["error"]!["message"]!.GetValue<string>().Should().Contain("Mcp-Session-Id");
    }

    [Fact]
    public async Task Post_UnknownSession_Is404()
    {
        await using TestHost host = await TestHost.StartAsync();

        using HttpResponseMessage response = await host.Http.SendAsync(Rpc.Post(Rpc.Call("echo"), session: "0123456789abcdef"));

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Open_InvalidInitialize_LeavesNoSession()
    {
        await using TestHost host = await TestHost.StartAsync();
        const string Invalid = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":17}}""";

        using HttpResponseMessage response = await host.Http.SendAsync(Rpc.Post(Invalid));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.AnswerAsync())["error"].Should().NotBeNull();
        response.Headers.Contains("Mcp-Session-Id").Should().BeFalse();
        await Eventually.IsAsync(() => Task.FromResult(Registry(host).Count == 0), "a refused handshake opens nothing");
    }

    [Fact]
    public async Task Open_AllSessionsInUse_Is503UntilOneEnds()
    {
        await using TestHost host = await TestHost.StartAsync(options => options.MaxSessions = 2);
        string first = await host.Http.OpenAsync();
        string second = await host.Http.OpenAsync();
        using HttpResponseMessage one = await host.Http.SendAsync(Rpc.Get(first), HttpCompletionOption.ResponseHeadersRead);
        using HttpResponseMessage two = await host.Http.SendAsync(Rpc.Get(second), HttpCompletionOption.ResponseHeadersRead);

        using HttpResponseMessage refused = await host.Http.SendAsync(Rpc.Post(Rpc.Initialize()));
        refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.Should().NotBeNull();

        using HttpResponseMessage deleted = await host.Http.SendAsync(Rpc.Delete(first));
        (await host.Http.OpenAsync()).Should().NotBe(first);
    }

    [Fact]
    public async Task Open_AbandonedSessionsFillTheHost_TheIdlestMakesRoom()
    {
        FakeTimeProvider clock = new();
        await using TestHost host = await TestHost.StartAsync(options => options.MaxSessions = 20, builder => builder.Services.AddSingleton<TimeProvider>(clock));
        string listening = await host.Http.OpenAsync();
        using HttpResponseMessage stream = await host.Http.SendAsync(Rpc.Get(listening), HttpCompletionOption.ResponseHeadersRead);
        List<string> abandoned = [];
        for (int i = 0; i < 60; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            abandoned.Add(await host.Http.OpenAsync());
        }

        Registry(host).Count.Should().Be(20);
        (await StatusOfAsync(host, abandoned[0])).Should().Be(HttpStatusCode.NotFound);
        (await StatusOfAsync(host, abandoned[^20])).Should().Be(HttpStatusCode.NotFound, "the session with an open stream stays instead");
        (await StatusOfAsync(host, abandoned[^19])).Should().Be(HttpStatusCode.OK);
        (await StatusOfAsync(host, listening)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Open_OneCallerFillsItsShare_ItsOwnIdlestGoesAndNobodyElses()
    {
        await using TestHost host = await TestHost.StartAsync(options =>
        {
            options.MaxSessionsPerCaller = 3;
            options.BearerTokens["anna"] = "token-of-anna";
            options.BearerTokens["ben"] = "token-of-ben";
        });
        string annas = await host.Http.OpenAsync(token: "token-of-anna");
        string first = await host.Http.OpenAsync(token: "token-of-ben");

        for (int i = 0; i < 10; i++)
        {
            await host.Http.OpenAsync(token: "token-of-ben");
        }

        Registry(host).Count.Should().Be(4);
        (await StatusOfAsync(host, first, "token-of-ben")).Should().Be(HttpStatusCode.NotFound);
        (await StatusOfAsync(host, annas, "token-of-anna")).Should().Be(HttpStatusCode.OK, "the oldest of all, but not Ben's to displace");
    }

    [Fact]
    public async Task Open_HostFull_TheSameCallersSessionGoesFirst()
    {
        FakeTimeProvider clock = new();
        await using TestHost host = await TestHost.StartAsync(
            options =>
            {
                options.MaxSessions = 3;
                options.BearerTokens["anna"] = "token-of-anna";
                options.BearerTokens["ben"] = "token-of-ben";
            },
            builder => builder.Services.AddSingleton<TimeProvider>(clock));
        string annas = await host.Http.OpenAsync(token: "token-of-anna");
        clock.Advance(TimeSpan.FromMinutes(1));
        await host.Http.OpenAsync(token: "token-of-ben");
        await host.Http.OpenAsync(token: "token-of-ben");

        await host.Http.OpenAsync(token: "token-of-ben");
        HttpStatusCode kept = await StatusOfAsync(host, annas, "token-of-anna");
        string another = await host.Http.OpenAsync(token: "token-of-anna");

        kept.Should().Be(HttpStatusCode.OK);
        (await StatusOfAsync(host, annas, "token-of-anna")).Should().Be(HttpStatusCode.NotFound);
        (await StatusOfAsync(host, another, "token-of-anna")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Listen_OneCallerHasHalfOfThePlaces_TheNextOneIs503AndAnotherCallerStillListens()
    {
        await using TestHost host = await TestHost.StartAsync(options =>
        {
            options.MaxListeners = 4;
            options.BearerTokens["anna"] = "token-of-anna";
            options.BearerTokens["ben"] = "token-of-ben";
        });
        using HttpResponseMessage first = await ListenAsync(host, "token-of-ben");
        HttpResponseMessage second = await ListenAsync(host, "token-of-ben");
        using HttpResponseMessage third = await ListenAsync(host, "token-of-ben");
        using HttpResponseMessage other = await ListenAsync(host, "token-of-anna");

        first.StatusCode.Should().Be(HttpStatusCode.OK);
        second.StatusCode.Should().Be(HttpStatusCode.OK);
        third.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        other.StatusCode.Should().Be(HttpStatusCode.OK);
        second.Dispose();
        await Eventually.IsAsync(
            async () =>
            {
                using HttpResponseMessage again = await ListenAsync(host, "token-of-ben");
                return again.StatusCode == HttpStatusCode.OK;
            },
            "a place that was given back can be had again");
    }

    [Fact]
    public async Task Sweep_SessionIdle_EndsItAndKeepsTheOthers()
    {
        FakeTimeProvider clock = new();
        await using TestHost host = await StartAsync(clock);
        string idle = await host.Http.OpenAsync();
        clock.Advance(Idle / 2);
        string used = await host.Http.OpenAsync();

        clock.Advance((Idle / 2) + TimeSpan.FromSeconds(1));

        await Eventually.IsAsync(() => Task.FromResult(Registry(host).Count == 1), "the idle session ends");
        using HttpResponseMessage ended = await host.Http.SendAsync(Rpc.Post(Rpc.Call("who"), session: idle));
        using HttpResponseMessage alive = await host.Http.SendAsync(Rpc.Post(Rpc.Call("who"), session: used));
        ended.StatusCode.Should().Be(HttpStatusCode.NotFound);
        alive.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sweep_CallRunning_WaitsForIt()
    {
        FakeTimeProvider clock = new();
        await using TestHost host = await StartAsync(clock);
        string session = await host.Http.OpenAsync();
        string other = await host.Http.OpenAsync();
        Task<HttpResponseMessage> call = host.Http.SendAsync(Rpc.Post(Rpc.Call("wait"), session: session));
        await host.Gate.Entered.Task.WaitAsync(TestHost.Patience);

        clock.Advance(Idle * 2);
        await Eventually.IsAsync(() => Task.FromResult(Registry(host).Count == 1), $"session {other} ends");
        host.Gate.Opened.TrySetResult();

        using HttpResponseMessage response = await call;
        (await response.TextAsync()).Should().Be("through");
    }

    [Fact]
    public async Task Post_SessionOfAnotherSubject_Is403()
    {
        await using TestHost host = await TestHost.StartAsync(options =>
        {
            options.BearerTokens["anna"] = "token-of-anna";
            options.BearerTokens["ben"] = "token-of-ben";
        });
        string session = await host.Http.OpenAsync(token: "token-of-anna");

        using HttpResponseMessage call = await host.Http.SendAsync(Rpc.Post(Rpc.Call("who"), session: session, token: "token-of-ben"));
        using HttpResponseMessage listen = await host.Http.SendAsync(Rpc.Get(session, token: "token-of-ben"));
        using HttpResponseMessage delete = await host.Http.SendAsync(Rpc.Delete(session, "token-of-ben"));
        using HttpResponseMessage own = await host.Http.SendAsync(Rpc.Post(Rpc.Call("who"), session: session, token: "token-of-anna"));

        call.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        listen.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        delete.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await own.TextAsync()).Should().Be("-/anna");
    }

    [Fact]
    public async Task Post_SessionOfAnotherProfile_Is403()
    {
        await using TestHost host = await TestHost.StartAsync(options => options.AcceptProfiles = true);
        string session = await host.Http.OpenAsync("/mcp/one");

        using HttpResponseMessage other = await host.Http.SendAsync(Rpc.Post(Rpc.Call("who"), session: session, path: "/mcp/two"));
        using HttpResponseMessage bare = await host.Http.SendAsync(Rpc.Post(Rpc.Call("who"), session: session));
        using HttpResponseMessage own = await host.Http.SendAsync(Rpc.Post(Rpc.Call("who"), session: session, path: "/mcp/one"));

        other.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        bare.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await own.TextAsync()).Should().Be("one/-");
    }

    [Fact]
    public async Task Post_UnknownOrMalformedProfile_Is404()
    {
        await using TestHost host = await TestHost.StartAsync(options =>
        {
            options.AcceptProfiles = true;
            options.IsProfileKnown = (_, name) => name == "known";
        });

        foreach (string path in new[] { "/mcp/other", "/mcp/a%20b", "/mcp/" + new string('a', 65) })
        {
            using HttpResponseMessage response = await host.Http.SendAsync(Rpc.Post(Rpc.Initialize(), path: path));
            response.StatusCode.Should().Be(HttpStatusCode.NotFound, path);
        }

        (await host.Http.OpenAsync("/mcp/known")).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Get_StreamOpen_SecondOneIs409AndANewOneWorksAfterTheFirstEnds()
    {
        await using TestHost host = await TestHost.StartAsync();
        string session = await host.Http.OpenAsync();

        HttpResponseMessage first = await host.Http.SendAsync(Rpc.Get(session), HttpCompletionOption.ResponseHeadersRead);
        using HttpResponseMessage second = await host.Http.SendAsync(Rpc.Get(session), HttpCompletionOption.ResponseHeadersRead);
        first.StatusCode.Should().Be(HttpStatusCode.OK);
        first.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        second.StatusCode.Should().Be(HttpStatusCode.Conflict);

        first.Dispose();
        await Eventually.IsAsync(
            async () =>
            {
                using HttpResponseMessage again = await host.Http.SendAsync(Rpc.Get(session), HttpCompletionOption.ResponseHeadersRead);
                return again.StatusCode == HttpStatusCode.OK;
            },
            "a client whose connection broke listens again");
    }

    [Fact]
    public async Task Get_SessionDeleted_StreamEnds()
    {
        await using TestHost host = await TestHost.StartAsync();
        string session = await host.Http.OpenAsync();
        using HttpResponseMessage stream = await host.Http.SendAsync(Rpc.Get(session), HttpCompletionOption.ResponseHeadersRead);

        using HttpResponseMessage deleted = await host.Http.SendAsync(Rpc.Delete(session));

        (await stream.Content.ReadAsStringAsync().WaitAsync(TestHost.Patience)).Should().BeEmpty();
    }

    [Fact]
    public async Task Get_EventOfAnotherSession_IsRefused()
    {
        await using TestHost host = await TestHost.StartAsync(options => options.ResumableStreams = true);
        string mine = await host.Http.OpenAsync();
        string other = await host.Http.OpenAsync();
        using HttpResponseMessage call = await host.Http.SendAsync(Rpc.Post(Rpc.Call("who"), session: other, version: TestHost.Handshake));
        string id = (await call.Content.ReadAsStringAsync()).Split('\n').First(line => line.StartsWith("id: ", StringComparison.Ordinal))[4..];

        HttpRequestMessage foreign = Rpc.Get(mine);
        foreign.Headers.Add("Last-Event-ID", id);
        HttpRequestMessage own = Rpc.Get(other);
        own.Headers.Add("Last-Event-ID", id);
        using HttpResponseMessage refused = await host.Http.SendAsync(foreign);
        using HttpResponseMessage resumed = await host.Http.SendAsync(own);

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        resumed.StatusCode.Should().Be(HttpStatusCode.OK);
        (await resumed.TextAsync()).Should().Be("-/-");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task GetAndDelete_PerRequestEra_Are405(string method)
    {
        await using TestHost host = await TestHost.StartAsync();
        using HttpRequestMessage request = new(new HttpMethod(method), "/mcp");
        request.Headers.Add("Accept", Rpc.BothTypes);
        request.Headers.Add("MCP-Protocol-Version", TestHost.PerRequest);

        using HttpResponseMessage response = await host.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.Should().Equal("POST");
    }

    private static async Task<HttpStatusCode> StatusOfAsync(TestHost host, string session, string? token = null)
    {
        using HttpResponseMessage response = await host.Http.SendAsync(Rpc.Post(Rpc.Call("who"), session: session, token: token));
        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> ListenAsync(TestHost host, string token)
    {
        HttpRequestMessage request = Rpc.Post(
            Rpc.Request("subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}," + Rpc.Meta), version: TestHost.PerRequest, token: token);
        request.Headers.Add("Mcp-Method", "subscriptions/listen");
        return await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static SessionRegistry Registry(TestHost host) => host.App.Services.GetRequiredService<SessionRegistry>();

    private static Task<TestHost> StartAsync(FakeTimeProvider clock) =>
        TestHost.StartAsync(options => options.SessionIdleTimeout = Idle, builder => builder.Services.AddSingleton<TimeProvider>(clock));
}
