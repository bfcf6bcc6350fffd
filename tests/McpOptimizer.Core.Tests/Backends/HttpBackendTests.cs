using System.Net;
using System.Text;
using McpOptimizer.Core.Clients.Backends;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using Shared.Backends;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Backends;

public sealed class HttpBackendTests
{
    public static TheoryData<TransportKind> Transports => new() { TransportKind.StreamableHttp, TransportKind.Sse };

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task CallToolAsync_ManyCallers_ShareOneSession(TransportKind transport)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = Endpoint(stub, transport);

        BackendCallResult[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => fixture.Backends.CallAsync(endpoint, "echo", $$"""{"text":"{{i}}"}""")));

        results.Select(result => result.Text()).Should().Equal(Enumerable.Range(0, 50).Select(i => $"{i}"));
        stub.SessionsOpened.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task CallToolAsync_ServerAsks_TheCallerAnswers(TransportKind transport)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();

        BackendCallResult result = await fixture.Backends.CallAsync(Endpoint(stub, transport), "ask", context: StdioBackendTests.Asked("Ada", "one"));

        result.Text().Should().Be("""{"action":"accept","content":{"name":"Ada"}}""");
    }

    [Fact]
    public async Task CallToolAsync_ServerAsksManyCallersAtOnce_EachGetsTheirOwnQuestion()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = Endpoint(stub);

        BackendCallResult[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            fixture.Backends.CallAsync(endpoint, "ask", context: StdioBackendTests.Asked($"caller {i}", $"{i}"))));

        results.Select(result => result.Text()).Should().Equal(Enumerable.Range(0, 20).Select(i => $$$"""{"action":"accept","content":{"name":"caller {{{i}}}"}}"""));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task CallToolAsync_Progress_Arrives(TransportKind transport)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        List<double> seen = [];
        CallContext context = new()
        {
            OnProgress = (progress, _) =>
            {
                seen.Add(progress.Progress);
                return ValueTask.CompletedTask;
            },
        };

        await fixture.Backends.CallAsync(Endpoint(stub, transport), "progress", """{"steps":10}""", context);

        seen.Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task CallToolAsync_Cancelled_ReachesTheServer(TransportKind transport)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        using CancellationTokenSource cancel = new();

        Task call = fixture.Backends.CallAsync(Endpoint(stub, transport), "hang", cancellationToken: cancel.Token);
        await Eventually.IsAsync(() => stub.Server.Calls("hang") == 1);
        await cancel.CancelAsync();

        await call.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        await Eventually.IsAsync(() => stub.Server.Journal.Any(line => line.StartsWith("cancelled hang", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CallToolAsync_SessionForgotten_OpensANewOneForAllWaitingCallers(bool answers400)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = Endpoint(stub);
        await fixture.Backends.CallAsync(endpoint, "echo");
        stub.UnknownSessionIs400 = answers400;

        stub.ForgetSessions();
        BackendCallResult[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => fixture.Backends.CallAsync(endpoint, "echo", $$"""{"text":"{{i}}"}""")));

        results.Select(result => result.Text()).Should().Equal(Enumerable.Range(0, 20).Select(i => $"{i}"));
        stub.SessionsOpened.Should().Be(2);
        stub.Server.Calls("echo").Should().Be(21, "no call is sent twice");
    }

    [Fact]
    public async Task CallToolAsync_ConnectionDropsDuringAnswer_IsNotSentAgain()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = Endpoint(stub);
        await fixture.Backends.ListToolsAsync(endpoint);
        stub.DropsNextAnswer = true;

        Func<Task> call = () => fixture.Backends.CallAsync(endpoint, "echo");

        (await call.Should().ThrowAsync<BackendException>()).Which.Failure.Should().Be(BackendFailure.ConnectionLost);
        stub.Server.Calls("echo").Should().Be(1);
    }

    [Fact]
    public async Task CallToolAsync_ServerRestarts_ComesBackByItself()
    {
        await using BackendFixture fixture = new(options => options.Backends.BreakAfterFailures = 1000);
        StubHttpBackend first = await StubHttpBackend.StartAsync();
        int port = first.Address.Port;
        BackendEndpoint endpoint = Endpoint(first);
        await fixture.Backends.CallAsync(endpoint, "echo");
        await first.DisposeAsync();

        BackendException down;
        do
        {
            // A pooled connection may break while it is used, and then nobody knows whether the call arrived. There are few of them.
            down = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "echo")).Should().ThrowAsync<BackendException>()).Which;
        }
        while (down.Failure == BackendFailure.ConnectionLost);

        await using StubHttpBackend second = await StubHttpBackend.StartAsync(port);
        BackendCallResult back = await fixture.Backends.CallAsync(endpoint, "echo", """{"text":"back"}""");

        down.Failure.Should().Be(BackendFailure.Unreachable);
        back.Text().Should().Be("back");
    }

    [Fact]
    public async Task CallToolAsync_RepeatedFailures_LeavesTheServerAloneThenTriesOnce()
    {
        RealTimersClock clock = new();
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(
            options =>
            {
                options.Backends.RetryAttempts = 0;
                options.Backends.BreakAfterFailures = 3;
                options.Backends.BreakDuration = TimeSpan.FromSeconds(30);
            },
            services => services.AddSingleton<TimeProvider>(clock));
        BackendEndpoint endpoint = Endpoint(stub);
        await fixture.Backends.ListToolsAsync(endpoint);
        stub.Status = 502;
        for (int i = 0; i < 3; i++)
        {
            (await FailAsync()).Failure.Should().Be(BackendFailure.ConnectionLost);
        }

        int asked = stub.Requests.Count;
        BackendException open = await FailAsync();
        BackendStatus status = fixture.Backends.Status.Single();
        clock.Advance(TimeSpan.FromSeconds(31));
        stub.Status = null;
        BackendCallResult result = await fixture.Backends.CallAsync(endpoint, "echo", """{"text":"well"}""");

        open.Failure.Should().Be(BackendFailure.CircuitOpen);
        open.RetryAfter.Should().BeCloseTo(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(15));
        open.Message.Should().Be("Server 'web' failed repeatedly and is left alone; it is tried again in 30 s. Last failure: Server 'web' answered HTTP 502: not today.");
        stub.Requests.Should().HaveCountGreaterThanOrEqualTo(asked);
        status.State.Should().Be(BackendState.Broken);
        result.Text().Should().Be("well");
        fixture.Backends.Status.Single().State.Should().Be(BackendState.Connected);

        async Task<BackendException> FailAsync() =>
            (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "echo")).Should().ThrowAsync<BackendException>()).Which;
    }

    [Fact]
    public async Task ListToolsAsync_PassingFault_IsRetried()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.RetryDelay = TimeSpan.FromMilliseconds(200));
        BackendEndpoint endpoint = Endpoint(stub);
        await fixture.Backends.ListToolsAsync(endpoint);
        int before = stub.Requests.Count;
        stub.Status = 503;

        Task<BackendToolList> listing = fixture.Backends.ListToolsAsync(endpoint);
        await Eventually.IsAsync(() => stub.Requests.Count > before);
        stub.Status = null;

        (await listing).Tools.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData(401, BackendFailure.Unauthorized)]
    [InlineData(403, BackendFailure.Unauthorized)]
    [InlineData(429, BackendFailure.Busy)]
    [InlineData(500, BackendFailure.Unreachable)]
    [InlineData(405, BackendFailure.ProtocolError)]
    public async Task CallToolAsync_HttpError_IsExplained(int status, BackendFailure failure)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.RetryAttempts = 0);
        stub.Status = status;

        BackendException error = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(Endpoint(stub), "echo")).Should().ThrowAsync<BackendException>()).Which;

        error.Failure.Should().Be(failure);
        error.Message.Should().Contain(status.ToString(System.Globalization.CultureInfo.InvariantCulture)).And.NotContain("<html>");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task CallToolAsync_FiftyMegabytes_FailsAndNamesTheSetting(TransportKind transport)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.MaxResponseBytes = 1024 * 1024);
        BackendEndpoint endpoint = Endpoint(stub, transport);

        BackendException error = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "flood", """{"bytes":52428800}""")).Should().ThrowAsync<BackendException>()).Which;

        error.Failure.Should().Be(BackendFailure.TooLarge);
        error.Message.Should().Contain("Backends.MaxResponseBytes");
        (await fixture.Backends.CallAsync(endpoint, "flood", """{"bytes":900000}""")).Text().Should().HaveLength(900_000);
    }

    [Fact]
    public async Task CallToolAsync_SsePostBodiesCutOff_StillWorks()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        stub.CutsPostBodies = true;

        BackendCallResult result = await fixture.Backends.CallAsync(Endpoint(stub, TransportKind.Sse), "echo", """{"text":"whole"}""");

        result.Text().Should().Be("whole");
    }

    [Theory]
    [InlineData("/mcp", "", TransportKind.StreamableHttp)]
    [InlineData("/sse", "#fragment", TransportKind.Sse)]
    public async Task CallToolAsync_TransportNotSaid_FollowsFromThePath(string path, string fragment, TransportKind expected)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = BackendFixture.Http(new Uri(stub.Address, path + fragment), transport: TransportKind.Unknown);

        (await fixture.Backends.CallAsync(endpoint, "echo", """{"text":"x"}""")).Text().Should().Be("x");

        stub.Requests.Any(request => request == "GET /sse").Should().Be(expected == TransportKind.Sse);
    }

    [Fact]
    public async Task CallToolAsync_RedirectOnTheSameHost_IsFollowedWithHeaders()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        stub.RedirectTo = "/moved";
        BackendEndpoint endpoint = BackendFixture.Http(stub.Url, headers: new Dictionary<string, string> { ["X-Api-Key"] = "k-123456" });

        BackendCallResult result = await fixture.Backends.CallAsync(endpoint, "echo", """{"text":"there"}""");

        result.Text().Should().Be("there");
        stub.LastHeaders["X-Api-Key"].Should().Be("k-123456");
        stub.LastHeaders["Cookie"].Should().Contain("sticky=yes");
    }

    [Theory]
    [InlineData("/mcp", 307, "redirected more than")]
    [InlineData("http://169.254.169.254/latest/meta-data/iam?token=abc", 307, "another host")]
    [InlineData("http://localhost/elsewhere", 308, "another host")]
    [InlineData("file:///etc/passwd", 307, "another host")]
    [InlineData("/moved", 302, "would lose the message")]
    public async Task CallToolAsync_BadRedirect_IsRefusedWithoutRetry(string target, int status, string reason)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        stub.RedirectTo = target;
        stub.RedirectStatus = status;

        BackendException error = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(Endpoint(stub), "echo")).Should().ThrowAsync<BackendException>()).Which;

        error.Failure.Should().Be(BackendFailure.AddressRefused);
        error.Message.Should().Contain(reason).And.NotContain("token=abc");
        stub.Requests.Should().HaveCountLessThanOrEqualTo(6);
    }

    [Theory]
    [InlineData("http://169.254.169.254/mcp")]
    [InlineData("http://[fe80::1]/mcp")]
    [InlineData("http://[::ffff:169.254.169.254]/mcp")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/mcp")]
    [InlineData("http://100.100.100.200/mcp")]
    [InlineData("http://0.0.0.0/mcp")]
    [InlineData("http://2852039166/mcp")]
    [InlineData("ftp://example.com/mcp")]
    public async Task CallToolAsync_ForbiddenAddress_IsNotContacted(string url)
    {
        await using BackendFixture fixture = new();

        BackendException error = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(BackendFixture.Http(new Uri(url)), "echo")).Should().ThrowAsync<BackendException>()).Which;

        error.Failure.Should().Be(BackendFailure.AddressRefused);
        fixture.Backends.Status.Single().State.Should().Be(BackendState.Idle, "a forbidden address is no failure of the server");
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("8.8.8.8", false)]
    [InlineData("::1", false)]
    [InlineData("fd00:ec2::254", true)]
    [InlineData("169.254.0.7", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("::169.254.169.254", true)]
    public void IsForbidden_Address_FollowsTheRule(string address, bool forbidden) =>
        AddressGuard.IsForbidden(IPAddress.Parse(address)).Should().Be(forbidden);

    [Fact]
    public void Check_TrustedHost_IsAllowed()
    {
        BackendSettings settings = new();
        settings.TrustedHosts.Add("169.254.10.10");

        FluentActions.Invoking(() => new AddressGuard(settings).Check(new Uri("http://169.254.10.10/mcp"))).Should().NotThrow();
    }

    [Theory]
    [InlineData("2002:a9fe:a9fe::1", true)]
    [InlineData("2002:808:808::1", false)]
    [InlineData("2001:0:a9fe:a9fe::1", true)]
    [InlineData("2001:0:808:808:0:0:5601:5601", true)]
    [InlineData("2001:0:808:808:0:0:f7f7:f7f7", false)]
    [InlineData("::ffff:0:169.254.169.254", true)]
    [InlineData("fe80::5efe:169.254.169.254", true)]
    [InlineData("2001:db8::5efe:169.254.169.254", true)]
    public void IsForbidden_AddressInsideAnother_FollowsTheRule(string address, bool forbidden) =>
        AddressGuard.IsForbidden(IPAddress.Parse(address)).Should().Be(forbidden);

    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("172.31.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("fd12::1", true)]
    [InlineData("2002:a00:1::1", true)]
    [InlineData("2001:0:808:808:0:0:f5ff:fffe", true)]
    [InlineData("::ffff:192.168.0.1", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("2606:4700::1", false)]
    public void IsPrivate_Address_FollowsTheRule(string address, bool expected) => AddressGuard.IsPrivate(IPAddress.Parse(address)).Should().Be(expected);

    [Theory]
    [InlineData("http://127.0.0.1:1/messages?session=x")]
    [InlineData("http://localhost:PORT/messages")]
    [InlineData("https://127.0.0.1:PORT/messages")]
    [InlineData("//elsewhere.example/messages?token=pl4nted")]
    [InlineData("http://user@elsewhere.example:PORT/messages")]
    public async Task CallToolAsync_SseServerNamesAnotherOrigin_GetsNoMessage(string announced)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.RetryAttempts = 0);
        stub.AnnouncedEndpoint = announced.Replace("PORT", $"{stub.Address.Port}", StringComparison.Ordinal);
        BackendEndpoint endpoint = BackendFixture.Http(
            stub.SseUrl, transport: TransportKind.Sse, headers: new Dictionary<string, string> { ["Authorization"] = "Bearer s3cr3t-s3cr3t" });

        BackendException error = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "echo")).Should().ThrowAsync<BackendException>()).Which;

        error.Failure.Should().Be(BackendFailure.AddressRefused);
        error.Message.Should().Contain("not of the same origin").And.NotContain("pl4nted");
        stub.Requests.Should().NotContain(request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CallToolAsync_SseServerNamesItsFullAddress_IsServed()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        stub.AnnouncesFullAddress = true;

        (await fixture.Backends.CallAsync(Endpoint(stub, TransportKind.Sse), "echo", """{"text":"x"}""")).Text().Should().Be("x");
    }

    [Fact]
    public async Task CallToolAsync_HeadersOfEndpoint_AreSentAndNeverShown()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.RetryAttempts = 0);
        BackendEndpoint endpoint = BackendFixture.Http(stub.Url, headers: new Dictionary<string, string> { ["Authorization"] = "Bearer s3cr3t-s3cr3t" });
        await fixture.Backends.CallAsync(endpoint, "echo", context: new CallContext { Authorization = "Bearer callers-own-token" });
        stub.LastHeaders["Authorization"].Should().Be("Bearer s3cr3t-s3cr3t", "the caller's credentials stay here");
        stub.Status = 401;

        BackendException error = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "echo")).Should().ThrowAsync<BackendException>()).Which;

        error.ToString().Should().NotContain("s3cr3t");
        fixture.Logs.Lines.Should().NotContain(line => line.Contains("s3cr3t", StringComparison.Ordinal) || line.Contains("callers-own", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CallToolAsync_CallerCredentialsForwarded_EachCallerHasASessionOfTheirOwn()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = new() { ServerName = "web", Transport = TransportKind.StreamableHttp, Url = stub.Url, ForwardCallerCredentials = true };

        await fixture.Backends.CallAsync(endpoint, "echo", context: new CallContext { Authorization = "Bearer ada" });
        stub.LastHeaders["Authorization"].Should().Be("Bearer ada");
        await fixture.Backends.CallAsync(endpoint, "echo", context: new CallContext { Authorization = "Bearer bob" });
        stub.LastHeaders["Authorization"].Should().Be("Bearer bob");
        await fixture.Backends.CallAsync(endpoint, "echo", context: new CallContext { Authorization = "Bearer ada" });

        stub.SessionsOpened.Should().Be(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ListToolsAsync_SameListing_IsKnownByItsMark(bool asEvents)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        string description = "first";
        stub.Odd = asEvents ? null : async (message, http) =>
        {
            bool isListing = message["method"]?.GetValue<string>() == "tools/list";
            if (isListing)
            {
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync($$$"""{"result":{"tools":[{"name":"a","description":"{{{description}}}","inputSchema":{"type":"object"}}],"id":1},"jsonrpc":"2.0","id":{{{message["id"]}}}}""");
            }

            return isListing;
        };
        BackendToolList first = await fixture.Backends.ListToolsAsync(Endpoint(stub), known: null);
        first.Tools.Should().NotBeEmpty();
        first.Mark.Should().NotBeNull();

        BackendToolList same = await fixture.Backends.ListToolsAsync(Endpoint(stub), first.Mark);
        same.Tools.Should().BeEmpty();
        same.Mark.Should().Be(first.Mark);

        description = "second";
        stub.Server.ExtraTools.Add("more");
        BackendToolList changed = await fixture.Backends.ListToolsAsync(Endpoint(stub), first.Mark);
        changed.Mark.Should().NotBeNull().And.NotBe(first.Mark);
        (asEvents ? changed.Tools.Select(tool => tool.Name) : changed.Tools.Select(tool => tool.Description)).Should().Contain(asEvents ? "more" : "second");

        (await fixture.Backends.ListToolsAsync(Endpoint(stub))).Tools.Should().HaveCount(changed.Tools.Count, "who asks without a mark gets everything");
    }

    [Fact]
    public async Task ListToolsAsync_AnotherSession_KnowsTheListingToo()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        BackendToolList first = await fixture.Backends.ListToolsAsync(Endpoint(stub), known: null);
        stub.ForgetSessions();

        BackendToolList again = await fixture.Backends.ListToolsAsync(Endpoint(stub), first.Mark);

        again.Tools.Should().BeEmpty();
        again.Mark.Should().Be(first.Mark);
        stub.SessionsOpened.Should().Be(2);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":8,"result":{"tools":[]}}""", true)]
    [InlineData("""{"jsonrpc":"2.0","id":8,"result":{"tools":[ ]}}""", false)]
    [InlineData("""{"jsonrpc":"2.0","id":9,"result":{"tools":[]}}""", false)]
    [InlineData("""{"jsonrpc":"2.0","id":"8","result":{"tools":[]}}""", false)]
    [InlineData("""{"jsonrpc":"2.0","method":"m","params":{"id":8,"result":{"tools":[]}}}""", false)]
    [InlineData("""[{"jsonrpc":"2.0","id":8,"result":{"tools":[]}}]""", false)]
    [InlineData("""{"jsonrpc":"2.0",""", false)]
    public void ListingMark_SaysNoMoreThanThatTheBytesAreTheSame(string answer, bool isKnown)
    {
        ListingMark first = new(known: null, "instructions") { Request = new RequestId(7) };
        first.Take("""{"jsonrpc":"2.0","id":7,"result":{"tools":[]}}"""u8).Should().BeNull();
        ListingMark second = new(first.Value, "instructions") { Request = new RequestId(8) };
        ListingMark elsewhere = new(first.Value, "other instructions") { Request = new RequestId(8) };

        byte[]? instead = second.Take(Encoding.UTF8.GetBytes(answer));

        second.IsKnown.Should().Be(isKnown);
        (instead is null ? null : Encoding.UTF8.GetString(instead)).Should().Be(isKnown ? """{"jsonrpc":"2.0","id":8,"result":{}}""" : null);
        elsewhere.Take(Encoding.UTF8.GetBytes(answer)).Should().BeNull();
    }

    [Fact]
    public async Task ListToolsAsync_Pages_HaveNoMark()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        stub.Server.PageSize = 3;

        (await fixture.Backends.ListToolsAsync(Endpoint(stub), known: null)).Mark.Should().BeNull();
    }

    [Fact]
    public async Task ListToolsAsync_Pages_AreAllRead()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        stub.Server.PageSize = 3;
        for (int i = 0; i < 100; i++)
        {
            stub.Server.ExtraTools.Add($"extra_{i}");
        }

        BackendToolList list = await fixture.Backends.ListToolsAsync(Endpoint(stub));

        list.Tools.Should().HaveCount(StubServer.BuiltInTools + 100).And.OnlyHaveUniqueItems(tool => tool.Name);
    }

    [Fact]
    public async Task ListToolsAsync_CursorRepeats_EndsAndSaysSo()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        stub.Server.RepeatsCursor = true;

        BackendToolList list = await fixture.Backends.ListToolsAsync(Endpoint(stub));

        list.Tools.Should().HaveCount(StubServer.BuiltInTools);
        list.Remarks.Should().Contain(remark => remark.Contains("repeats the page mark"));
    }

    [Fact]
    public async Task ListToolsAsync_PagesWithoutEnd_KeepsTheFirstAndSaysSo()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.MaxListPages = 20);
        stub.Server.EndlessPages = true;

        BackendToolList list = await fixture.Backends.ListToolsAsync(Endpoint(stub));

        list.Tools.Should().HaveCount(StubServer.BuiltInTools);
        list.Remarks.Should().Contain("The server lists its tools on more than 20 pages (Backends.MaxListPages); those on the first 20 are taken.");
    }

    [Fact]
    public async Task ListToolsAsync_TooManyTools_KeepsTheFirstAndSaysSo()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.MaxListedItems = 10);

        BackendToolList list = await fixture.Backends.ListToolsAsync(Endpoint(stub));

        list.Tools.Should().HaveCount(10);
        list.Tools[0].Name.Should().Be("echo");
        list.Remarks.Should().Contain("The server lists more than 10 tools (Backends.MaxListedItems); the first 10 are taken.");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task WatchAsync_ServerNotifies_IsTold(TransportKind transport)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = Endpoint(stub, transport);
        await using ChangeLog log = new(fixture.Backends);
        await fixture.Backends.ListToolsAsync(endpoint);
        await Eventually.IsAsync(() => stub.Requests.Contains("STREAM OPEN"));

        stub.Notify(StubServer.ToolsChanged());

        await Eventually.IsAsync(() => log.Changes.Contains(new BackendChange(endpoint, BackendChangeKind.Tools)));
    }

    [Fact]
    public async Task ResourcesAndPrompts_AreListedReadAndRendered()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = Endpoint(stub);

        IReadOnlyList<BackendItem> resources = await fixture.Backends.ListResourcesAsync(endpoint);
        IReadOnlyList<BackendItem> templates = await fixture.Backends.ListResourceTemplatesAsync(endpoint);
        IReadOnlyList<BackendItem> prompts = await fixture.Backends.ListPromptsAsync(endpoint);

        resources.Should().ContainSingle().Which.Uri.Should().Be("stub://one");
        templates.Should().ContainSingle().Which.Uri.Should().Be("stub://{id}");
        prompts.Should().ContainSingle().Which.Name.Should().Be("greet");
        (await fixture.Backends.ReadResourceAsync(endpoint, "stub://one", CallContext.None))["contents"]![0]!["text"]!.GetValue<string>().Should().Be("content of one");
        (await fixture.Backends.GetPromptAsync(endpoint, "greet", new Dictionary<string, string> { ["who"] = "Ada" }, CallContext.None))
            ["messages"]![0]!["content"]!["text"]!.GetValue<string>().Should().Be("Hello Ada");
    }

    [Fact]
    public async Task Retain_EndpointRemoved_ClosesItsSessionAfterWhatIsUnderWay()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        BackendEndpoint gone = Endpoint(stub);
        BackendEndpoint kept = BackendFixture.Http(stub.Url, "kept");
        await fixture.Backends.CallAsync(kept, "echo");
        Task<BackendCallResult> running = fixture.Backends.CallAsync(gone, "slow", """{"ms":300}""");
        await Eventually.IsAsync(() => stub.Server.Calls("slow") == 1);

        fixture.Backends.Retain([kept]);

        (await running).Text().Should().Be("done");
        await Eventually.IsAsync(() => fixture.Pool.Sessions == 1);
        fixture.Backends.Status.Select(status => status.ServerName).Should().Equal("kept");
    }

    [Fact]
    public async Task CallToolAsync_MoreServersThanSessions_TheIdleOneMakesRoomAndABusyOneDoesNot()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => (options.Backends.MaxSessions, options.Backends.ConnectTimeout) = (1, TimeSpan.FromSeconds(1)));
        BackendEndpoint a = BackendFixture.Http(stub.Url, "a");
        BackendEndpoint b = BackendFixture.Http(stub.Url, "b");
        await fixture.Backends.CallAsync(a, "echo");

        (await fixture.Backends.CallAsync(b, "echo", """{"text":"room"}""")).Text().Should().Be("room");
        using CancellationTokenSource cancel = new();
        Task hanging = fixture.Backends.CallAsync(b, "hang", cancellationToken: cancel.Token);
        await Eventually.IsAsync(() => stub.Server.Calls("hang") == 1);
        await Eventually.IsAsync(() => fixture.Pool.Sessions == 1);
        BackendException full = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(a, "echo")).Should().ThrowAsync<BackendException>()).Which;

        full.Failure.Should().Be(BackendFailure.Busy);
        full.Message.Should().Contain("Backends.MaxSessions");
        await cancel.CancelAsync();
        await hanging.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    /// <summary>All at once, as at a start: those beyond the sessions take their turn instead of being told to come again.</summary>
    [Fact]
    public async Task ListToolsAsync_ManyMoreServersThanSessions_AllAreListed()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.MaxSessions = 3);

        BackendToolList[] lists = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => fixture.Backends.ListToolsAsync(BackendFixture.Http(stub.Url, $"s{i}"))));

        lists.Should().HaveCount(60).And.OnlyContain(list => list.Tools.Count == StubServer.BuiltInTools);
        await Eventually.IsAsync(() => fixture.Pool.Sessions <= 3);
    }

    /// <summary>Ten thousand servers over a thousand sessions take minutes: nobody gives up who waits for room, and a wait takes nothing from an operation's time.</summary>
    [Fact]
    public async Task WaitForRoomAsync_AllSessionsInUse_WaitsForAsLongAsItTakes()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => (options.Backends.MaxSessions, options.Backends.ConnectTimeout) = (1, TimeSpan.FromSeconds(1)));
        BackendEndpoint a = BackendFixture.Http(stub.Url, "a");
        BackendEndpoint b = BackendFixture.Http(stub.Url, "b");
        using CancellationTokenSource cancel = new();
        Task hanging = fixture.Backends.CallAsync(a, "hang", cancellationToken: cancel.Token);
        await Eventually.IsAsync(() => stub.Server.Calls("hang") == 1);

        Task room = fixture.Backends.WaitForRoomAsync(b);
        await fixture.Backends.WaitForRoomAsync(a);
        await FluentActions.Awaiting(() => fixture.Backends.CallAsync(b, "echo")).Should().ThrowAsync<BackendException>("a call gives up when it has waited for as long as a connection may take");

        room.IsCompleted.Should().BeFalse("it has no such limit");
        await cancel.CancelAsync();
        await room;
        await hanging.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await fixture.Backends.CallAsync(b, "echo", """{"text":"room"}""")).Text().Should().Be("room");
    }

    /// <summary>Each listing would take the room of the next one, and the round would never end.</summary>
    [Fact]
    public async Task ListToolsAsync_MadeRoom_IsNotAskedForAgainWhenItComesBack()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.MaxSessions = 1);
        BackendEndpoint a = BackendFixture.Http(stub.Url, "a");
        BackendEndpoint b = BackendFixture.Http(stub.Url, "b");
        await using ChangeLog log = new(fixture.Backends);
        await fixture.Backends.ListToolsAsync(a);
        await fixture.Backends.ListToolsAsync(b);

        await fixture.Backends.ListResourcesAsync(a);
        await fixture.Backends.ListPromptsAsync(b);
        await fixture.Backends.CallAsync(a, "echo");

        log.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task ReserveAsync_OneIsUsedAgain_TheOneUnusedForLongestMakesRoom()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.MaxSessions = 3);
        foreach (string name in (string[])["a", "b", "c", "a", "d"])
        {
            await fixture.Backends.CallAsync(BackendFixture.Http(stub.Url, name), "echo");
        }

        fixture.Backends.Status.Where(status => status.State == BackendState.Connected).Select(status => status.ServerName).Should().Equal("a", "c", "d");
    }

    [Fact]
    public async Task CallToolAsync_TooManyAtOnce_SaysWhichLimit()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.MaxConcurrentCalls = 1);
        BackendEndpoint endpoint = Endpoint(stub);
        BackendEndpoint impatient = new() { ServerName = "web", Transport = TransportKind.StreamableHttp, Url = stub.Url, Timeout = TimeSpan.FromMilliseconds(200) };
        using CancellationTokenSource cancel = new();
        Task hanging = fixture.Backends.CallAsync(endpoint, "hang", cancellationToken: cancel.Token);
        await Eventually.IsAsync(() => stub.Server.Calls("hang") == 1);

        BackendException busy = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(impatient, "echo")).Should().ThrowAsync<BackendException>()).Which;

        busy.Failure.Should().Be(BackendFailure.Busy);
        busy.Message.Should().Contain("Backends.MaxConcurrentCalls");
        stub.Server.Calls("echo").Should().Be(0);
        await cancel.CancelAsync();
        await hanging.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task CallToolAsync_LateAnswer_DoesNotConfuseTheNextCall()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        BackendEndpoint patient = Endpoint(stub, TransportKind.Sse);
        BackendEndpoint impatient = new() { ServerName = "web", Transport = TransportKind.Sse, Url = stub.SseUrl, Timeout = TimeSpan.FromMilliseconds(300) };
        await fixture.Backends.ListToolsAsync(patient);

        BackendException late = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(impatient, "slow", """{"ms":600}""")).Should().ThrowAsync<BackendException>()).Which;
        BackendCallResult next = await fixture.Backends.CallAsync(patient, "slow", """{"ms":700}""");

        late.Failure.Should().Be(BackendFailure.TimedOut);
        next.Text().Should().Be("done");
        fixture.Backends.Status.Single().State.Should().Be(BackendState.Connected, "a slow tool is no broken server");
        stub.SessionsOpened.Should().Be(1);
    }

    private static BackendEndpoint Endpoint(StubHttpBackend stub, TransportKind transport = TransportKind.StreamableHttp) =>
        BackendFixture.Http(transport == TransportKind.Sse ? stub.SseUrl : stub.Url, transport: transport);
}
