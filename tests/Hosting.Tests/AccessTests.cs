using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hosting.Tests;

/// <summary>Who is let in: host name, web origin, bearer token.</summary>
public sealed class AccessTests
{
    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:1234", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:80", HttpStatusCode.OK)]
    [InlineData("[::1]:80", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("10.0.0.1", HttpStatusCode.Forbidden)]
    public async Task Request_LoopbackAddress_AnswersForLoopbackNamesOnly(string name, HttpStatusCode expected)
    {
        await using TestHost host = await TestHost.StartAsync();

        (await StatusAsync(host, request => request.Headers.Host = name)).Should().Be(expected);
    }

    [Theory]
    [InlineData("api.example.com", HttpStatusCode.OK)]
    [InlineData("API.example.com:8080", HttpStatusCode.OK)]
    [InlineData("a.b.example.org", HttpStatusCode.OK)]
    [InlineData("example.org", HttpStatusCode.Forbidden)]
    [InlineData("localhost", HttpStatusCode.Forbidden)]
    public async Task Request_HostsListed_AnswersForThoseOnly(string name, HttpStatusCode expected)
    {
        await using TestHost host = await TestHost.StartAsync(options => options.AllowedHosts = ["api.example.com", "*.example.org"]);

        (await StatusAsync(host, request => request.Headers.Host = name)).Should().Be(expected);
    }

    [Theory]
    [InlineData("http://localhost:5173", HttpStatusCode.OK)]
    [InlineData("http://127.0.0.1", HttpStatusCode.OK)]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("nonsense", HttpStatusCode.Forbidden)]
    public async Task Request_NoOriginsListed_LetsLoopbackOriginsIn(string origin, HttpStatusCode expected)
    {
        await using TestHost host = await TestHost.StartAsync();

        (await StatusAsync(host, request => request.Headers.Add("Origin", origin))).Should().Be(expected);
    }

    [Theory]
    [InlineData("https://app.example.com", HttpStatusCode.OK)]
    [InlineData("https://APP.example.com:443", HttpStatusCode.OK)]
    [InlineData("http://app.example.com", HttpStatusCode.Forbidden)]
    [InlineData("https://app.example.com:8443", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:5173", HttpStatusCode.Forbidden)]
    public async Task Request_OriginsListed_LetsThoseInOnly(string origin, HttpStatusCode expected)
    {
        await using TestHost host = await TestHost.StartAsync(options => options.AllowedOrigins = ["https://app.example.com"]);

        (await StatusAsync(host, request => request.Headers.Add("Origin", origin))).Should().Be(expected);
    }

    [Fact]
    public async Task Preflight_ListedOrigin_IsAnsweredBeforeTheTokenIsAskedFor()
    {
        await using TestHost host = await TestHost.StartAsync(options =>
        {
            options.AllowedOrigins = ["https://app.example.com"];
            options.BearerToken = "correct-horse";
        });
        using HttpRequestMessage preflight = new(HttpMethod.Options, "/mcp");
        preflight.Headers.Add("Origin", "https://app.example.com");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization, mcp-param-region");

        using HttpResponseMessage allowed = await host.Http.SendAsync(preflight);
        using HttpResponseMessage refused = await SendAsync(host, request => request.Headers.Add("Origin", "https://app.example.com"));

        allowed.StatusCode.Should().Be(HttpStatusCode.NoContent);
        allowed.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("https://app.example.com");
        allowed.Headers.Vary.Should().Contain("Origin");
        string.Join(',', allowed.Headers.GetValues("Access-Control-Allow-Methods")).Split(',').Should().Equal("GET", "POST", "DELETE");
        string.Join(',', allowed.Headers.GetValues("Access-Control-Allow-Headers")).Split(',', StringSplitOptions.TrimEntries).Should().Equal("authorization", "mcp-param-region");
        allowed.Headers.GetValues("Access-Control-Max-Age").Should().Equal("600");
        refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        refused.Headers.Contains("Access-Control-Allow-Origin").Should().BeTrue("the page is to learn why it was refused");
        string.Join(',', refused.Headers.GetValues("Access-Control-Expose-Headers")).Split(',').Should()
            .Equal("Mcp-Session-Id", "MCP-Protocol-Version", "WWW-Authenticate", "Retry-After");
    }

    [Fact]
    public async Task Preflight_LoopbackOriginThatIsNotListed_GetsNoPermission()
    {
        await using TestHost host = await TestHost.StartAsync();
        using HttpRequestMessage preflight = new(HttpMethod.Options, "/mcp");
        preflight.Headers.Add("Origin", "http://localhost:5173");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");

        using HttpResponseMessage response = await host.Http.SendAsync(preflight);

        response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        response.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
    }

    [Fact]
    public async Task Request_TokenMissingOrWrong_IsChallenged()
    {
        await using TestHost host = await TestHost.StartAsync(options => options.BearerToken = "correct-horse");

        using HttpResponseMessage missing = await SendAsync(host, _ => { });
        using HttpResponseMessage wrong = await SendAsync(host, request => request.Headers.Add("Authorization", "Bearer correct-horsE"));
        using HttpResponseMessage basic = await SendAsync(host, request => request.Headers.Add("Authorization", "Basic correct-horse"));
        using HttpResponseMessage right = await SendAsync(host, request => request.Headers.Add("Authorization", "bearer correct-horse"));

        missing.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        missing.Headers.WwwAuthenticate.ToString().Should().Be("Bearer realm=\"test\"");
        wrong.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        wrong.Headers.WwwAuthenticate.ToString().Should().Contain("error=\"invalid_token\"");
        (await wrong.Content.ReadAsStringAsync()).Should().NotContain("correct-hors");
        basic.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        right.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_TokenFromFile_IsTrimmed()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "from-file\n");
            await using TestHost host = await TestHost.StartAsync(options => options.BearerTokenFile = file);

            (await StatusAsync(host, request => request.Headers.Add("Authorization", "Bearer from-file"))).Should().Be(HttpStatusCode.OK);
            (await StatusAsync(host, _ => { })).Should().Be(HttpStatusCode.Unauthorized);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Request_MappedRoute_IsGuardedLikeTheEndpoint()
    {
        await using TestHost host = await TestHost.StartAsync(
            options => options.BearerToken = "correct-horse",
            map: app => app.MapGet("/data", (RequestDelegate)(context => context.Response.WriteAsync("secret"))));

        using HttpResponseMessage open = await host.Http.GetAsync("/data");
        using HttpRequestMessage request = new(HttpMethod.Get, "/data");
        request.Headers.Add("Authorization", "Bearer correct-horse");
        using HttpResponseMessage authorised = await host.Http.SendAsync(request);

        open.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await authorised.Content.ReadAsStringAsync()).Should().Be("secret");
    }

    [Fact]
    public async Task Request_AnyAddressWithToken_AnswersForAnyName()
    {
        await using TestHost host = await TestHost.StartAsync(options =>
        {
            options.Urls = ["http://0.0.0.0:0"];
            options.BearerToken = "correct-horse-battery";
        });
        Uri local = new($"http://127.0.0.1:{host.Address.Port}/mcp");
        using HttpRequestMessage request = Rpc.Post(Rpc.Initialize(), token: "correct-horse-battery");
        request.RequestUri = local;
        request.Headers.Host = "mcp.internal";

        using HttpResponseMessage response = await host.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> StatusAsync(TestHost host, Action<HttpRequestMessage> set)
    {
        using HttpResponseMessage response = await SendAsync(host, set);
        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(TestHost host, Action<HttpRequestMessage> set)
    {
        using HttpRequestMessage request = Rpc.Post(Rpc.Initialize());
        set(request);
        return await host.Http.SendAsync(request);
    }
}
