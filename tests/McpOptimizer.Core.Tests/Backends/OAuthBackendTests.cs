using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using Shared.Backends;
using Shared.OAuth;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Backends;

/// <summary>A real backend behind a real OAuth server; each fixture stands for a process of its own.</summary>
public sealed class OAuthBackendTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private FakeAuthorizationServer _authority = null!;
    private StubHttpBackend _stub = null!;

    public void Dispose() => _folder.Dispose();

    public async Task InitializeAsync()
    {
        _authority = await FakeAuthorizationServer.StartAsync();
        _stub = await StubHttpBackend.StartAsync();
        _stub.Authority = _authority;
    }

    public async Task DisposeAsync()
    {
        await _stub.DisposeAsync();
        await _authority.DisposeAsync();
    }

    [Fact]
    public async Task Login_StoresTokens_ThatALaterProcessUses()
    {
        await LoginAsync(Endpoint());
        await using BackendFixture later = Fixture();

        (await later.Backends.CallAsync(Endpoint(), "echo", """{"text":"hello"}""")).Text().Should().Be("hello");

        _authority.Registrations.Should().Be(1);
        _authority.Refreshes.Should().Be(0);
        string file = Directory.GetFiles(TokenFolder).Should().ContainSingle().Which;
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(TokenFolder).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        later.Logs.Lines.Should().NotContain(line => _authority.Secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Login_WithAClientOfTheEntry_RegistersNone()
    {
        _authority.Register("known", "kn0wn-s3cret");
        BackendEndpoint endpoint = Endpoint(new BackendOAuth { ClientId = "known", ClientSecret = "kn0wn-s3cret" });

        await LoginAsync(endpoint);
        await using BackendFixture later = Fixture();

        (await later.Backends.CallAsync(endpoint, "echo", """{"text":"hello"}""")).Text().Should().Be("hello");
        _authority.Registrations.Should().Be(0);
        later.Logs.Lines.Should().NotContain(line => line.Contains("kn0wn-s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoToken_SaysLogin_AndRegistersNoClient()
    {
        await using BackendFixture fixture = Fixture();

        BackendException error = (await fixture.Awaiting(it => it.Backends.CallAsync(Endpoint(), "echo")).Should().ThrowAsync<BackendException>()).Which;

        error.Failure.Should().Be(BackendFailure.Unauthorized);
        error.Message.Should().EndWith("login web");
        _authority.Registrations.Should().Be(0);
        _stub.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ExpiredAccessToken_IsRefreshed_AndTheNewOnesAreStored(bool inSession)
    {
        await LoginAsync(Endpoint());
        string before = await File.ReadAllTextAsync(Directory.GetFiles(TokenFolder).Single());
        await using BackendFixture fixture = Fixture();
        if (inSession)
        {
            await fixture.Backends.CallAsync(Endpoint(), "echo");
        }

        _authority.ExpireAccessTokens();
        (await fixture.Backends.CallAsync(Endpoint(), "echo", """{"text":"again"}""")).Text().Should().Be("again");

        _authority.Refreshes.Should().Be(1);
        (await File.ReadAllTextAsync(Directory.GetFiles(TokenFolder).Single())).Should().NotBe(before);
        await using BackendFixture later = Fixture();
        (await later.Backends.CallAsync(Endpoint(), "echo", """{"text":"later"}""")).Text().Should().Be("later");
        _authority.Refreshes.Should().Be(1, "the rotated tokens were stored");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RevokedRefreshToken_SaysLogin_AndALoginMendsItWithoutRestart(bool inSession)
    {
        await LoginAsync(Endpoint());
        await using BackendFixture fixture = Fixture();
        if (inSession)
        {
            await fixture.Backends.CallAsync(Endpoint(), "echo");
        }

        _authority.ExpireAccessTokens();
        _authority.RevokeRefreshTokens();
        BackendException error = (await fixture.Awaiting(it => it.Backends.CallAsync(Endpoint(), "echo")).Should().ThrowAsync<BackendException>()).Which;
        int registrations = _authority.Registrations;
        await LoginAsync(Endpoint());

        error.Failure.Should().Be(BackendFailure.Unauthorized);
        error.Message.Should().Be("Server 'web' does not accept the stored token any more. Run the command: login web");
        registrations.Should().Be(1, "a server that cannot log in registers no clients");
        (await fixture.Backends.CallAsync(Endpoint(), "echo", """{"text":"back"}""")).Text().Should().Be("back");
        _authority.Secrets.Should().NotContain(secret => error.ToString().Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Login_Denied_FailsAndKeepsWhatWasStored()
    {
        await LoginAsync(Endpoint());
        _authority.Denies = true;

        BackendException error = (await FluentActions.Awaiting(() => LoginAsync(Endpoint())).Should().ThrowAsync<BackendException>()).Which;

        error.Message.Should().Contain("access_denied");
        await using BackendFixture later = Fixture();
        (await later.Backends.CallAsync(Endpoint(), "echo", """{"text":"still"}""")).Text().Should().Be("still");
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public async Task TokenFileThatOthersCanUse_IsRefused_UntilALoginMendsIt(UnixFileMode others)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await LoginAsync(Endpoint());
        string file = Directory.GetFiles(TokenFolder).Single();
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | others);
        await using BackendFixture fixture = Fixture();

        BackendException error = (await fixture.Awaiting(it => it.Backends.CallAsync(Endpoint(), "echo")).Should().ThrowAsync<BackendException>()).Which;
        int sent = _stub.Requests.Count(request => request == "POST /mcp");
        await LoginAsync(Endpoint());

        error.Failure.Should().Be(BackendFailure.Unauthorized);
        error.Message.Should().Contain("can be used by others").And.EndWith("login web");
        _stub.Requests.Count(request => request == "POST /mcp").Should().BeGreaterThan(sent);
        (await fixture.Backends.CallAsync(Endpoint(), "echo", """{"text":"mended"}""")).Text().Should().Be("mended");
    }

    [Theory]
    [InlineData("http://10.255.255.1/")]
    [InlineData("http://192.168.255.1:8080/")]
    [InlineData("http://[fd12:3456::1]/")]
    [InlineData("http://[2002:a00:1::1]/")]
    [InlineData("http://172.16.0.9/")]
    public async Task Login_ServerNamesAPrivateAddress_IsNotFollowed(string authority)
    {
        _stub.AuthorityAddress = new Uri(authority);

        BackendException error = (await FluentActions.Awaiting(() => LoginAsync(Endpoint())).Should().ThrowAsync<BackendException>()).Which;

        error.Message.Should().Contain("private network").And.Contain("TrustedHosts");
    }

    [Theory]
    [InlineData("http://10.255.255.1/metadata")]
    [InlineData("http://169.254.169.254/latest")]
    public async Task Login_MetadataAtAPrivateAddress_IsNotAskedFor(string metadata)
    {
        _stub.MetadataAddress = new Uri(metadata);

        BackendException error = (await FluentActions.Awaiting(() => LoginAsync(Endpoint())).Should().ThrowAsync<BackendException>()).Which;

        error.Message.Should().Contain("TrustedHosts");
    }

    [Fact]
    public async Task CheckLedAsync_HostThatIsTrustedOrTheServersOwn_IsAllowed()
    {
        Models.Settings.BackendSettings settings = new();
        settings.TrustedHosts.Add("10.0.0.7");
        Core.Clients.Backends.AddressGuard guard = new(settings);

        await guard.CheckLedAsync(new Uri("http://10.0.0.7/token"), "mcp.example.com");
        await guard.CheckLedAsync(new Uri("http://10.0.0.8:9000/token"), "10.0.0.8");
        await guard.CheckLedAsync(new Uri("http://localhost:9000/token"), "127.0.0.1");
        await guard.Awaiting(it => it.CheckLedAsync(new Uri("http://localhost:9000/token"), "mcp.example.com")).Should().ThrowAsync<Core.Clients.Backends.BackendAddressException>();
    }

    [Fact]
    public async Task RefusedToken_LeavesTheServerAlone_AndALoginEndsThat()
    {
        await LoginAsync(Endpoint());
        await using BackendFixture fixture = new(options =>
        {
            options.Backends.OAuthTokenFolder = TokenFolder;
            options.Backends.BreakAfterFailures = 2;
        });
        _authority.ExpireAccessTokens();
        _authority.RevokeRefreshTokens();
        for (int i = 0; i < 2; i++)
        {
            await fixture.Awaiting(it => it.Backends.CallAsync(Endpoint(), "echo")).Should().ThrowAsync<BackendException>();
        }

        BackendException alone = (await fixture.Awaiting(it => it.Backends.CallAsync(Endpoint(), "echo")).Should().ThrowAsync<BackendException>()).Which;
        await LoginAsync(Endpoint());

        alone.Failure.Should().Be(BackendFailure.CircuitOpen);
        alone.Message.Should().Contain("login web");
        (await fixture.Backends.CallAsync(Endpoint(), "echo", """{"text":"back"}""")).Text().Should().Be("back");
    }

    [Fact]
    public async Task MissingScope_IsNamed_AndTheNextLoginAsksForAll()
    {
        BackendEndpoint endpoint = Endpoint(new BackendOAuth { Scopes = ["read"] });
        await LoginAsync(endpoint);
        await using BackendFixture fixture = Fixture();
        List<string> messages = [];
        foreach (string scope in new[] { "write", "admin" })
        {
            _stub.WantedScope = scope;
            messages.Add((await fixture.Awaiting(it => it.Backends.CallAsync(endpoint, "echo")).Should().ThrowAsync<BackendException>()).Which.Message);
            await LoginAsync(endpoint);
            (await fixture.Backends.CallAsync(endpoint, "echo", """{"text":"more"}""")).Text().Should().Be("more");
        }

        messages[0].Should().Be("Server 'web' wants more than the stored token allows: write. The next login asks for it. Run the command: login web");
        messages[1].Should().Contain("allows: admin.");
        _authority.ScopesOf(_stub.LastHeaders["Authorization"]).Should().BeEquivalentTo("read", "write", "admin");
    }

    [Fact]
    public async Task Login_ServerRefusesTheQuestion_IsDoneAllTheSame()
    {
        _stub.Odd = (message, http) =>
        {
            bool asked = message["method"]?.GetValue<string>() == "server/discover";
            http.Response.StatusCode = asked ? 405 : 200;
            return Task.FromResult(asked);
        };

        await LoginAsync(Endpoint());
        await using BackendFixture later = Fixture();

        (await later.Backends.CallAsync(Endpoint(), "echo", """{"text":"hello"}""")).Text().Should().Be("hello");
    }

    [Fact]
    public async Task Login_WithAClientDocument_RegistersNone()
    {
        _authority.TakesClientDocuments = true;
        BackendEndpoint endpoint = Endpoint(new BackendOAuth { ClientMetadataUrl = new Uri("https://optimizer.example/client.json") });

        await LoginAsync(endpoint);
        await using BackendFixture later = Fixture();

        (await later.Backends.CallAsync(endpoint, "echo", """{"text":"hello"}""")).Text().Should().Be("hello");
        _authority.Registrations.Should().Be(0);
    }

    [Fact]
    public async Task Login_EntryWithoutOAuth_SaysSo()
    {
        await FluentActions.Awaiting(() => LoginAsync(BackendFixture.Http(_stub.Url))).Should().ThrowAsync<BackendException>().WithMessage("*no \"oauth\" member*");
    }

    private string TokenFolder => _folder.Combine("tokens");

    private BackendFixture Fixture() => new(options => options.Backends.OAuthTokenFolder = TokenFolder);

    private BackendEndpoint Endpoint(BackendOAuth? oauth = null) => new() { ServerName = "web", Transport = TransportKind.StreamableHttp, Url = _stub.Url, OAuth = oauth ?? new BackendOAuth() };

    private async Task LoginAsync(BackendEndpoint endpoint)
    {
        await using BackendFixture process = Fixture();
        using HttpClient browser = new();
        using CancellationTokenSource limit = new(Eventually.Patience);
        Task<string>? page = null;
        await process.Backends.LoginAsync(
            endpoint,
            (address, token) =>
            {
                page = browser.GetStringAsync(address, token);
                return Task.CompletedTask;
            },
            limit.Token);
        (await page!).Should().Contain("closed");
        process.Logs.Lines.Should().NotContain(line => _authority.Secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
    }
}
