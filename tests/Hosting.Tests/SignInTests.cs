using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hosting.Security;
using Hosting.Security.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;
using Shared.OAuth;
using Shared.Testing;

namespace Hosting.Tests;

/// <summary>Sign-in with tokens of an OpenID Connect issuer.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private static readonly IssuerKey Rsa = IssuerKey.Rsa("rsa-1");
    private static readonly IssuerKey Next = IssuerKey.Rsa("rsa-2");
    private static readonly IssuerKey Pss = IssuerKey.Rsa("pss-1", "PS256");
    private static readonly IssuerKey Ec = IssuerKey.Ec("ec-1");

    private TestIssuer _issuer = null!;

    public async Task InitializeAsync() => _issuer = await TestIssuer.StartAsync(Rsa, Pss, Ec);

    public async Task DisposeAsync() => await _issuer.DisposeAsync();

    [Fact]
    public async Task Request_GoodToken_IsLetInWithSubjectAndGroups()
    {
        await using TestHost host = await StartAsync();
        foreach (IssuerKey key in new[] { Rsa, Pss, Ec })
        {
            string token = _issuer.Token(key, claims => (claims["groups"], claims["aud"]) = (new JsonArray("ops", "dev", 7, " "), new JsonArray("other", "mcp")));

            (HttpStatusCode status, string body, _) = await AskAsync(host, token);

            status.Should().Be(HttpStatusCode.OK);
            body.Should().Be("user:anna group:ops group:dev");
        }

        (await AskAsync(host, "static-token-0123")).Body.Should().Be("robot -");
        (await AskAsync(host, _issuer.Token(Rsa, claims => claims["groups"] = "ops"))).Body.Should().Be("user:anna group:ops");
        (await AskAsync(host, _issuer.Token(Rsa, header: head => head.Remove("kid")))).Status.Should().Be(HttpStatusCode.OK, "an issuer may name no keys");
        (await AskAsync(host, null)).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    public static TheoryData<string, string> BadTokens => new()
    {
        { "expired", "has expired" },
        { "not yet", "is not valid yet" },
        { "no end", "has no end" },
        { "audience", "is not for this server" },
        { "no audience", "is not for this server" },
        { "issuer", "is of another issuer" },
        { "issuer with slash", "is of another issuer" },
        { "no subject", "has no usable claim 'sub'" },
        { "subject is a list", "cannot be read" },
        { "subject is an object", "cannot be read" },
        { "subject is empty", "has no usable claim 'sub'" },
        { "subject is long", "has no usable claim 'sub'" },
        { "none", "is not signed by a key of the issuer" },
        { "None with signature", "is not signed by a key of the issuer" },
        { "HS256 with the public key", "is not signed by a key of the issuer" },
        { "HS256 with the listed secret", "is not signed by a key of the issuer" },
        { "another key under a known name", "is not signed by a key of the issuer" },
        { "another key under an unknown name", "is not signed by a key of the issuer" },
        { "key named by a path", "is not signed by a key of the issuer" },
        { "key brought along", "is not signed by a key of the issuer" },
        { "key elsewhere", "is not signed by a key of the issuer" },
        { "EC key as RSA", "is not signed by a key of the issuer" },
        { "signature cut", "is not signed by a key of the issuer" },
        { "claims changed", "is not signed by a key of the issuer" },
        { "unknown critical header", "must be understood" },
        { "small RSA key", "is not signed by a key of the issuer" },
        { "huge", "cannot be read" },
        { "garbage", "cannot be read" },
        { "two parts", "is not valid." },
        { "encrypted shape", "is not valid." },
    };

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task Request_BadToken_IsRefusedWithTheReasonAndWithoutTheToken(string kind, string reason)
    {
        using LineLog log = new();
        await using TestHost host = await StartAsync(log: log);
        string token = BadToken(kind);

        (HttpStatusCode status, string body, string challenge) = await AskAsync(host, token);

        status.Should().Be(HttpStatusCode.Unauthorized);
        body.Should().Contain(reason);
        challenge.Should().Contain("error=\"invalid_token\"").And.Contain($"resource_metadata=\"{host.Address}.well-known/oauth-protected-resource/mcp\"");
        string secret = token.Split('.') is [.., { Length: > 20 } signature] ? signature : token;
        string logged = string.Join('\n', log.Lines);
        logged.Should().NotContain(token).And.NotContain(secret, "no part of a token belongs into a log");
        (logged + body + challenge).Should().NotContain("anna@secret.example", "nor do the claims of one that was refused");
        _issuer.Requests.Should().NotContain(path => path.Contains("evil"), "no address that a token brings along is asked");
    }

    [Fact]
    public async Task Request_TokenWithinTheSkew_IsTaken()
    {
        await using TestHost host = await StartAsync();

        (await AskAsync(host, _issuer.Token(Rsa, claims => claims["exp"] = TestIssuer.Seconds(-20)))).Status.Should().Be(HttpStatusCode.OK);
        (await AskAsync(host, _issuer.Token(Rsa, claims => claims["nbf"] = TestIssuer.Seconds(20)))).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Keys_Rotate_TheNewOneIsTakenAtOnceAndTheOldOneFallsWithTheNextReading()
    {
        FakeTimeProvider clock = new();
        await using TestHost host = await StartAsync(clock: clock);
        (await AskAsync(host, _issuer.Token(Rsa))).Status.Should().Be(HttpStatusCode.OK);
        clock.Advance(IssuerKeys.Pause);
        _issuer.Keys.Clear();
        _issuer.Keys[Next.Id] = Next;

        (await AskAsync(host, _issuer.Token(Next))).Status.Should().Be(HttpStatusCode.OK, "the first token of a new key makes the host look again");
        (await AskAsync(host, _issuer.Token(Rsa))).Status.Should().Be(HttpStatusCode.Unauthorized, "the issuer does not list it any more");
        int asked = _issuer.Requests.Count;
        for (int i = 0; i < 20; i++)
        {
            await AskAsync(host, _issuer.Token(Next, header: head => head["kid"] = $"invented-{i}"));
        }

        _issuer.Requests.Count.Should().Be(asked, "invented names must not become requests to the issuer");
    }

    [Fact]
    public async Task Keys_IssuerDownAtStart_TokensAreNeitherGoodNorBadUntilItComes()
    {
        FakeTimeProvider clock = new();
        _issuer.IsDown = true;
        using LineLog log = new();
        await using TestHost host = await StartAsync(clock: clock, log: log);

        (HttpStatusCode status, string body, string challenge) = await AskAsync(host, _issuer.Token(Rsa));
        status.Should().Be(HttpStatusCode.ServiceUnavailable, "a client must not throw a good token away");
        body.Should().Contain("its issuer does not answer");
        challenge.Should().BeEmpty();
        (await AskAsync(host, "static-token-0123")).Status.Should().Be(HttpStatusCode.OK, "static tokens need no issuer");
        (await ReadyAsync(host)).Should().Contain("Nobody can sign in");
        _issuer.IsDown = false;
        (await AskAsync(host, _issuer.Token(Rsa))).Status.Should().Be(HttpStatusCode.ServiceUnavailable, "it is asked again after a pause");
        clock.Advance(IssuerKeys.Pause);

        (await AskAsync(host, _issuer.Token(Rsa))).Status.Should().Be(HttpStatusCode.OK);
        (await ReadyAsync(host)).Should().Contain("keys are known");
        log.Lines.Count(line => line.Contains("cannot be read, so nobody new")).Should().Be(1, "an outage is one line");
    }

    [Fact]
    public async Task Keys_IssuerDownLater_KnownKeysAreGoodForADay()
    {
        FakeTimeProvider clock = new();
        await using TestHost host = await StartAsync(clock: clock);
        (await AskAsync(host, _issuer.Token(Rsa))).Status.Should().Be(HttpStatusCode.OK);
        _issuer.IsDown = true;
        clock.Advance(IssuerKeys.Fresh);
        (await AskAsync(host, _issuer.Token(Rsa))).Status.Should().Be(HttpStatusCode.OK);
        await host.App.Services.GetRequiredService<IssuerKeys>().ReadAsync();
        (await ReadyAsync(host)).Should().Contain("those it gave last");

        clock.Advance(IssuerKeys.Good);

        (await AskAsync(host, _issuer.Token(Rsa))).Status.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Keys_IssuerCallsItselfOtherwise_NobodyGetsInUntilTheSettingSaysSo()
    {
        _issuer.CallsItself = "https://login.example.com/";
        string token = _issuer.Token(Rsa, claims => claims["iss"] = "https://login.example.com/");
        await using TestHost strict = await StartAsync();
        await using TestHost told = await StartAsync(options => options.Jwt.Issuer = "https://login.example.com/");

        (await AskAsync(strict, token)).Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await ReadyAsync(strict)).Should().Contain("calls itself 'https://login.example.com/'");
        (await AskAsync(told, token)).Status.Should().Be(HttpStatusCode.OK);
        (await AskAsync(told, _issuer.Token(Rsa))).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Request_ScopeMissing_Is403WithTheScope()
    {
        await using TestHost host = await StartAsync(options => options.Jwt.ScopeRequired = "mcp:tools");

        (HttpStatusCode status, _, string challenge) = await AskAsync(host, _issuer.Token(Rsa, claims => claims["scope"] = "openid mcp:tools2"));
        status.Should().Be(HttpStatusCode.Forbidden);
        challenge.Should().Contain("error=\"insufficient_scope\", scope=\"mcp:tools\"").And.Contain("resource_metadata=");
        (await AskAsync(host, _issuer.Token(Rsa, claims => claims["scope"] = "openid mcp:tools"))).Status.Should().Be(HttpStatusCode.OK);
        (await AskAsync(host, _issuer.Token(Rsa, claims => claims["scp"] = new JsonArray("mcp:tools")))).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Admin_SubjectOrGroup_HasTheRightAndAStaticTokenOfThatNameHasNot()
    {
        await using TestHost host = await StartAsync(options => options.Admins = ["user:anna", "group:ops"]);

        (await AskAsync(host, _issuer.Token(Rsa), "/admin")).Status.Should().Be(HttpStatusCode.OK);
        (await AskAsync(host, _issuer.Token(Rsa, claims => (claims["sub"], claims["groups"]) = ("ben", new JsonArray("ops"))), "/admin")).Status.Should().Be(HttpStatusCode.OK);
        (await AskAsync(host, _issuer.Token(Rsa, claims => (claims["sub"], claims["groups"]) = ("ben", new JsonArray("Ops", "group:ops"))), "/admin")).Status
            .Should().Be(HttpStatusCode.Forbidden);
        (await AskAsync(host, _issuer.Token(Rsa, claims => claims["sub"] = "robot"), "/admin")).Status.Should().Be(HttpStatusCode.Forbidden, "he is user:robot, not the token robot");
        (await AskAsync(host, "static-token-0123", "/admin")).Status.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Session_BelongsToTheSubjectWhateverTheToken()
    {
        await using TestHost host = await StartAsync(options => options.BearerTokens["anna"] = "token-named-anna-0123");
        string session = await host.Http.OpenAsync(token: _issuer.Token(Rsa));
        string renewed = _issuer.Token(Ec, claims => claims["exp"] = TestIssuer.Seconds(600));

        using HttpResponseMessage own = await host.Http.SendAsync(Rpc.Post(Rpc.Call("echo", "{\"text\":\"x\"}"), session: session, token: renewed));
        using HttpResponseMessage ben = await host.Http.SendAsync(Rpc.Post(Rpc.Call("echo", "{\"text\":\"x\"}"), session: session, token: _issuer.Token(Rsa, claims => claims["sub"] = "ben")));
        using HttpResponseMessage named = await host.Http.SendAsync(Rpc.Post(Rpc.Call("echo", "{\"text\":\"x\"}"), session: session, token: "token-named-anna-0123"));

        own.StatusCode.Should().Be(HttpStatusCode.OK);
        ben.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        named.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Stream_EndsWithItsToken()
    {
        FakeTimeProvider clock = new();
        clock.SetUtcNow(DateTimeOffset.UtcNow);
        await using TestHost host = await StartAsync(clock: clock);
        string token = _issuer.Token(Rsa);
        string session = await host.Http.OpenAsync(token: token);
        using HttpResponseMessage stream = await host.Http.SendAsync(Rpc.Get(session, token: token), HttpCompletionOption.ResponseHeadersRead);
        Task<string> read = stream.Content.ReadAsStringAsync();
        clock.Advance(TimeSpan.FromMinutes(4));
        read.IsCompleted.Should().BeFalse();

        clock.Advance(TimeSpan.FromMinutes(3));

        await read.WaitAsync(TestHost.Patience);
    }

    [Theory]
    [InlineData("/.well-known/oauth-protected-resource", "mcp")]
    [InlineData("/.well-known/oauth-protected-resource/mcp", "mcp")]
    [InlineData("/.well-known/oauth-protected-resource/mcp/ops", "mcp/ops")]
    public async Task Discovery_WithoutToken_NamesIssuerResourceAndScope(string path, string resource)
    {
        await using TestHost host = await StartAsync(options =>
        {
            options.AcceptProfiles = true;
            options.Jwt.ScopeRequired = "mcp:tools";
        });

        JsonNode document = JsonNode.Parse(await host.Http.GetStringAsync(path))!;

        document["resource"]!.GetValue<string>().Should().Be(host.Address + resource);
        document["authorization_servers"]![0]!.GetValue<string>().Should().Be(_issuer.Address);
        document["scopes_supported"]![0]!.GetValue<string>().Should().Be("mcp:tools");
    }

    [Fact]
    public async Task Discovery_BehindAProxy_NamesThePublicAddress_AndWithoutSignInThereIsNone()
    {
        await using TestHost proxied = await StartAsync(options => options.Jwt.Resource = "https://tools.example.com/team/mcp");
        await using TestHost plain = await TestHost.StartAsync(options => options.BearerToken = "static-token-0123");

        JsonNode document = JsonNode.Parse(await proxied.Http.GetStringAsync("/.well-known/oauth-protected-resource/mcp"))!;

        document["resource"]!.GetValue<string>().Should().Be("https://tools.example.com/team/mcp");
        (await AskAsync(proxied, null)).Challenge.Should().Contain("resource_metadata=\"https://tools.example.com/team/.well-known/oauth-protected-resource/mcp\"");
        (await plain.Http.GetAsync("/.well-known/oauth-protected-resource")).StatusCode.Should().NotBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(TestHost.Handshake)]
    [InlineData(TestHost.PerRequest)]
    public async Task OfficialClient_WithoutToken_FindsTheIssuerSignsInAndCalls(string version)
    {
        await using FakeAuthorizationServer door = await FakeAuthorizationServer.StartAsync();
        door.KeysAddress = _issuer.Address + "/keys";
        string name = door.Address.ToString().TrimEnd('/');
        door.MakeAccessToken = scope => _issuer.Token(Rsa, claims => (claims["iss"], claims["scope"], claims["sub"]) = (name, scope, "visitor"));
        await using TestHost host = await StartAsync(options =>
        {
            options.Jwt.Authority = name;
            options.Jwt.ScopeRequired = "mcp:tools";
        });
        HttpClientTransportOptions transport = new()
        {
            Endpoint = new Uri(host.Address, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            OAuth = new ClientOAuthOptions { RedirectUri = new Uri("http://127.0.0.1:1/callback"), AuthorizationCallbackHandler = (context, _) => VisitAsync(context.AuthorizationUri) },
        };

        await using McpClient client = await McpClient.CreateAsync(new HttpClientTransport(transport), new McpClientOptions { ProtocolVersion = version });

        (await client.ListToolsAsync()).Should().NotBeEmpty();
        door.Registrations.Should().Be(1);
    }

    [Theory]
    [InlineData("Authority=http://login.example.com;Audiences=mcp", "Host:Jwt:Authority is 'http://login.example.com*plain http*RequireHttps")]
    [InlineData("Authority=login;Audiences=mcp", "Host:Jwt:Authority is *must be the https address of an issuer")]
    [InlineData("Authority=https://login.example.com", "Host:Jwt:Audiences is empty*every token of the issuer would open this host")]
    [InlineData("Audiences=mcp", "Host:Jwt:Audiences sets nothing without Authority")]
    [InlineData("Autority=https://login.example.com;Audiences=mcp", "Host:Jwt:Autority is no setting. Did you mean 'Authority'?*Host:Jwt:Audiences sets nothing")]
    [InlineData("Authority=https://login.example.com;Audiences=mcp;Algorithms=HS256", "Host:Jwt:Algorithms has 'HS256', but allowed are the asymmetric RS256")]
    [InlineData("Authority=https://login.example.com;Audiences=mcp;Algorithms=none", "Host:Jwt:Algorithms has 'none'")]
    [InlineData("Authority=https://login.example.com;Audiences=mcp;ClockSkew=01:00:00", "Host:Jwt:ClockSkew is 01:00:00, but must be 00:00:00 to 00:05:00")]
    [InlineData("Authority=https://login.example.com;Audiences=mcp;ClockSkew=60", "Host:Jwt:ClockSkew is '60', but must be a duration")]
    [InlineData("Authority=https://login.example.com;Audiences=mcp;ScopeRequired=a b", "Host:Jwt:ScopeRequired is 'a b', but must be one scope")]
    [InlineData("Authority=https://login.example.com;Audiences=mcp;Resource=https://tools.example.com/", "Host:Jwt:Resource is *must be the public address of the MCP endpoint and end with /mcp")]
    [InlineData("Authority=https://login.example.com;Audiences=mcp;../Admins=anna", "Host:Admins names 'anna', but no token has that subject*user:SUBJECT or group:NAME")]
    [InlineData("../Admins=group:ops;../BearerToken=static-token-0123", "Host:Admins names 'group:ops', but nobody signs in here: Host:Jwt:Authority is not set")]
    public void Build_HalfASignIn_SaysWhatIsMissing(string settings, string sentence)
    {
        string[] args = [.. settings.Split(';').Select(setting => setting.StartsWith("../", StringComparison.Ordinal) ? $"--Host:{setting[3..]}" : $"--Host:Jwt:{setting}")];

        Action build = () => McpHost.Build(TestHost.Options(), args, builder => TestHost.Configure(builder)).Dispose();

        build.Should().Throw<McpHostConfigurationException>().WithMessage($"*{sentence}*");
    }

    [Fact]
    public async Task Build_SignInAlone_OpensAReachableAddressAndPlainHttpWhereItIsAllowed()
    {
        await using WebApplication app = (WebApplication)McpHost.Build(
            TestHost.Options(),
            ["--urls", "http://0.0.0.0:0", "--Host:Jwt:Authority=http://keycloak:8080/realms/team", "--Host:Jwt:RequireHttps=false", "--Host:Jwt:Audiences=mcp;tools"],
            builder => TestHost.Configure(builder));

        app.Services.GetRequiredService<McpHostOptions>().Jwt.Audiences.Should().Equal("mcp", "tools");
    }

    private static async Task<AuthorizationResult?> VisitAsync(Uri address)
    {
        using HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false });
        using HttpResponseMessage answer = await browser.GetAsync(address);
        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> back = QueryHelpers.ParseQuery(answer.Headers.Location!.Query);
        return new AuthorizationResult { Code = back["code"].ToString(), State = back["state"].ToString(), Iss = back["iss"].ToString() };
    }

    private static async Task<string> ReadyAsync(TestHost host)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/ready");
        request.Headers.Authorization = new("Bearer", "static-token-0123");
        using HttpResponseMessage response = await host.Http.SendAsync(request);
        return WithoutEscapes(await response.Content.ReadAsStringAsync());
    }

    private static string WithoutEscapes(string json) => json.Replace("\\u0027", "'", StringComparison.Ordinal);

    [Fact]
    public async Task LocalSecret_WithoutStaticTokens_OpensBesideSignIn()
    {
        using TemporaryFolder folder = new();
        string file = folder.Combine("secret");
        await using TestHost host = await StartAsync(options => WithSecret(options, file));
        string secret = await File.ReadAllTextAsync(file);

        (await AskAsync(host, secret, "/admin")).Status.Should().Be(HttpStatusCode.OK);
        (await AskAsync(host, secret[..^1], "/admin")).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(host, null)).Status.Should().Be(HttpStatusCode.Unauthorized, "a reader needs a token here too");
        (await AskAsync(host, _issuer.Token(Rsa))).Status.Should().Be(HttpStatusCode.OK);
        (await AskAsync(host, _issuer.Token(Rsa), "/admin")).Status.Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.0.2.7", false)]
    [InlineData("2001:db8::7", false)]
    [InlineData(null, false)]
    public void LocalSecret_BesideSignIn_IsTakenFromTheMachineItselfAlone(string? peer, bool opens)
    {
        using TemporaryFolder folder = new();
        McpHostOptions options = TestHost.Options();
        options.Jwt.Authority = "https://issuer.example.com";
        options.LocalSecretFile = folder.Combine("secret");
        HostCredentials credentials = new(options);

        ClaimsIdentity? identity = credentials.Identify(File.ReadAllText(options.LocalSecretFile), peer is null ? null : IPAddress.Parse(peer));

        (identity is not null).Should().Be(opens);
    }

    [Fact]
    public async Task LocalSecret_FileThatCannotBeUsed_OpensNothingAndStopsNothing()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TemporaryFolder folder = new();
        string file = folder.Combine("secret");
        string secret = LocalSecret.Obtain(file);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        await using TestHost host = await StartAsync(options => WithSecret(options, file));

        (await AskAsync(host, secret, "/admin")).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(host, _issuer.Token(Rsa))).Status.Should().Be(HttpStatusCode.OK);
        host.App.Services.GetRequiredService<HostCredentials>().SecretFault.Should().Contain("can be read by others").And.NotContain(secret);
    }

    [Fact]
    public async Task LocalSecret_WithStaticTokens_IsNotMade()
    {
        using TemporaryFolder folder = new();
        await using TestHost host = await StartAsync(options => options.LocalSecretFile = folder.Combine("secret"));

        File.Exists(folder.Combine("secret")).Should().BeFalse();
    }

    private static void WithSecret(McpHostOptions options, string file)
    {
        options.BearerTokens.Clear();
        options.LocalSecretFile = file;
    }

    private static async Task<(HttpStatusCode Status, string Body, string Challenge)> AskAsync(TestHost host, string? token, string path = "/who")
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        using HttpResponseMessage response = await host.Http.SendAsync(request);
        return (response.StatusCode, WithoutEscapes(await response.Content.ReadAsStringAsync()), response.Headers.WwwAuthenticate.ToString());
    }

    private Task<TestHost> StartAsync(Action<McpHostOptions>? set = null, FakeTimeProvider? clock = null, LineLog? log = null) => TestHost.StartAsync(
        options =>
        {
            options.Jwt.Authority = _issuer.Address;
            options.Jwt.Audiences = ["mcp"];
            options.BearerTokens["robot"] = "static-token-0123";
            set?.Invoke(options);
        },
        builder =>
        {
            if (clock is not null)
            {
                builder.Services.AddSingleton<TimeProvider>(clock);
            }

            if (log is not null)
            {
                builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter(_ => true).AddProvider(log);
            }
        },
        app =>
        {
            app.MapGet("/who", (RequestDelegate)(context => context.Response.WriteAsync(
                $"{HostUser.Subject(context.User)} {string.Join(' ', HostUser.Groups(context.User) ?? ["-"])}")));
            app.MapGet("/admin", (RequestDelegate)(context => context.Response.WriteAsync("done"))).RequireAdmin();
        });

    private string BadToken(string kind)
    {
        string good = _issuer.Token(Rsa, claims => claims["email"] = "anna@secret.example");
        string[] parts = good.Split('.');
        return kind switch
        {
            "expired" => _issuer.Token(Rsa, claims => claims["exp"] = TestIssuer.Seconds(-120)),
            "not yet" => _issuer.Token(Rsa, claims => claims["nbf"] = TestIssuer.Seconds(120)),
            "no end" => _issuer.Token(Rsa, claims => claims.Remove("exp")),
            "audience" => _issuer.Token(Rsa, claims => claims["aud"] = "anna@secret.example"),
            "no audience" => _issuer.Token(Rsa, claims => claims.Remove("aud")),
            "issuer" => _issuer.Token(Rsa, claims => claims["iss"] = "https://anna@secret.example"),
            "issuer with slash" => _issuer.Token(Rsa, claims => claims["iss"] = _issuer.Address + "/"),
            "no subject" => _issuer.Token(Rsa, claims => claims.Remove("sub")),
            "subject is a list" => _issuer.Token(Rsa, claims => claims["sub"] = new JsonArray("anna", "ben")),
            "subject is an object" => _issuer.Token(Rsa, claims => claims["sub"] = new JsonObject { ["name"] = "anna" }),
            "subject is empty" => _issuer.Token(Rsa, claims => claims["sub"] = " "),
            "subject is long" => _issuer.Token(Rsa, claims => claims["sub"] = new string('a', 300)),
            "none" => _issuer.WithoutSignature(Rsa, header: head => head["alg"] = "none") + ".",
            "None with signature" => _issuer.Token(Rsa, header: head => head["alg"] = "None"),
            "HS256 with the public key" => Hmac(Encoding.UTF8.GetBytes(Rsa.PublicPem()), Rsa.Id),
            "HS256 with the listed secret" => Hmac(ListSecret(), "shared"),
            "another key under a known name" => _issuer.Token(Next, header: head => head["kid"] = Rsa.Id),
            "another key under an unknown name" => _issuer.Token(Next),
            "key named by a path" => _issuer.Token(Next, header: head => head["kid"] = "../../../../dev/null"),
            "key brought along" => _issuer.Token(Next, header: head => (head["jwk"], head["x5c"]) = (Next.Published(), new JsonArray("MIIB"))),
            "key elsewhere" => _issuer.Token(Next, header: head => (head["jku"], head["x5u"]) = (_issuer.Address + "/evil-keys", _issuer.Address + "/evil-certificate")),
            "EC key as RSA" => _issuer.Token(Ec, header: head => (head["alg"], head["kid"]) = ("RS256", Rsa.Id)),
            "signature cut" => good[..^8],
            "claims changed" => $"{parts[0]}.{_issuer.WithoutSignature(Rsa, claims => claims["sub"] = "root").Split('.')[1]}.{parts[2]}",
            "unknown critical header" => _issuer.Token(Rsa, header: head => head["crit"] = new JsonArray("unheard-of")),
            "small RSA key" => SmallKey(),
            "huge" => _issuer.Token(Rsa, claims => claims["groups"] = new JsonArray([.. Enumerable.Range(0, 1500).Select(i => (JsonNode)$"group-{i}")])),
            "garbage" => "a.b.c",
            "two parts" => $"{parts[0]}.{parts[1]}",
            "encrypted shape" => good + ".abc.def",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown"),
        };
    }

    private string Hmac(byte[] secret, string keyId)
    {
        string text = _issuer.WithoutSignature(Rsa, header: head => (head["alg"], head["kid"]) = ("HS256", keyId));
        return $"{text}.{WebEncoders.Base64UrlEncode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text)))}";
    }

    private byte[] ListSecret()
    {
        byte[] secret = RandomNumberGenerator.GetBytes(32);
        _issuer.OtherKeys.Add(new JsonObject { ["kty"] = "oct", ["kid"] = "shared", ["k"] = WebEncoders.Base64UrlEncode(secret) });
        return secret;
    }

    private string SmallKey()
    {
        IssuerKey small = IssuerKey.Rsa("small", bits: 1024);
        _issuer.Keys[small.Id] = small;
        return _issuer.Token(small);
    }
}
