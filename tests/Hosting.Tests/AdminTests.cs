using System.Net;
using System.Net.Http.Headers;
using Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;
using Shared.Testing;

namespace Hosting.Tests;

/// <summary>Routes that decide for everybody, and what pages of other sites may ask of plain routes.</summary>
public sealed class AdminTests : IDisposable
{
    private const string Anna = "token-of-anna-0123";
    private const string Ben = "token-of-ben-4567";

    private readonly TemporaryFolder _folder = new();

    private string Secret => _folder.Combine("secret");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Admin_WithTokens_NeedsTheNamedRight()
    {
        await using TestHost host = await StartAsync(options =>
        {
            options.BearerTokens["anna"] = Anna;
            options.BearerTokens["ben"] = Ben;
            options.Admins = ["anna"];
        });

        (await SendAsync(host, HttpMethod.Post, Anna)).Should().Be(HttpStatusCode.OK);
        (await SendAsync(host, HttpMethod.Get, Anna)).Should().Be(HttpStatusCode.OK);
        (await SendAsync(host, HttpMethod.Post, Ben)).Should().Be(HttpStatusCode.Forbidden);
        (await SendAsync(host, HttpMethod.Get, Ben)).Should().Be(HttpStatusCode.Forbidden);
        (await SendAsync(host, HttpMethod.Post, null)).Should().Be(HttpStatusCode.Unauthorized);
        (await SendAsync(host, HttpMethod.Post, "wrong")).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Admin_NobodyNamed_IsNobody()
    {
        await using TestHost host = await StartAsync(options => options.BearerToken = Anna);

        (await SendAsync(host, HttpMethod.Post, Anna)).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Admin_WithoutTokens_ChangingNeedsTheSecretOfTheOwnersFile()
    {
        await using TestHost host = await StartAsync(options => options.LocalSecretFile = Secret);
        string secret = await File.ReadAllTextAsync(Secret);

        (await SendAsync(host, HttpMethod.Post, null)).Should().Be(HttpStatusCode.Unauthorized);
        (await SendAsync(host, HttpMethod.Post, secret[..^1])).Should().Be(HttpStatusCode.Unauthorized);
        (await SendAsync(host, HttpMethod.Post, secret)).Should().Be(HttpStatusCode.OK);
        (await SendAsync(host, HttpMethod.Delete, null)).Should().Be(HttpStatusCode.Unauthorized);
        (await SendAsync(host, HttpMethod.Get, null)).Should().Be(HttpStatusCode.OK);
        secret.Length.Should().BeGreaterThanOrEqualTo(32);
        LocalSecret.Find(Secret).Should().Be(secret);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Secret).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Admin_WithoutTokensAndWithoutFile_NobodyMayChange()
    {
        await using TestHost host = await StartAsync(_ => { });

        (await SendAsync(host, HttpMethod.Post, null)).Should().Be(HttpStatusCode.Unauthorized);
        (await SendAsync(host, HttpMethod.Post, "anything")).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Secret_IsKeptOverAStart_AndRefusedWhenOthersMayReadIt()
    {
        string first = LocalSecret.Obtain(Secret);
        LocalSecret.Obtain(Secret).Should().Be(first);
        string[] atOnce = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => LocalSecret.Obtain(_folder.Combine("deep/secret")))));
        atOnce.Distinct().Should().ContainSingle();
        Directory.GetFiles(_folder.Combine("deep")).Should().ContainSingle();

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Secret, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Action obtain = () => LocalSecret.Obtain(Secret);
            obtain.Should().Throw<McpHostConfigurationException>().Which.Message.Should().Contain("can be read by others").And.NotContain(first);
        }
    }

    [Fact]
    public async Task Caller_WithTheSecret_IsAdminAndItsSecretGoesNoFurther()
    {
        List<McpRequestContext> seen = [];
        await using TestHost host = await TestHost.StartAsync(
            options => options.LocalSecretFile = Secret,
            builder => builder.Services.Configure<McpServerOptions>(server => server.Filters.Request.ListToolsFilters.Add(next => (request, token) =>
            {
                seen.Add(McpRequestContext.Current);
                return next(request, token);
            })));
        string secret = await File.ReadAllTextAsync(Secret);
        await host.WarmedUpAsync();
        seen.Clear();

        foreach (string token in new[] { secret, "somebody-elses" })
        {
            using HttpRequestMessage request = Rpc.Post(Rpc.Request("tools/list", Rpc.Meta), version: TestHost.PerRequest, token: token);
            request.Headers.Add("Mcp-Method", "tools/list");
            (await host.Http.SendAsync(request)).EnsureSuccessStatusCode().Dispose();
        }

        seen.Should().HaveCount(2);
        seen[0].Should().Match<McpRequestContext>(caller => caller.IsAdmin && caller.Authorization == null && caller.Subject == null);
        seen[1].Should().Match<McpRequestContext>(caller => !caller.IsAdmin && caller.Authorization == "Bearer somebody-elses");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("Sec-Fetch-Site", "none", HttpStatusCode.OK)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://localhost:5173", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    public async Task PlainRoute_AskedByAPage_OnlyItsOwnSiteMay(string header, string value, HttpStatusCode expected)
    {
        await using TestHost host = await StartAsync(_ => { });
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/reading");
        request.Headers.Add(header, value);

        using HttpResponseMessage response = await host.Http.SendAsync(request);

        response.StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task PlainRoute_AskedByItsOwnOrAListedOrigin_Answers()
    {
        await using TestHost host = await StartAsync(_ => { });
        await using TestHost listing = await StartAsync(options => options.AllowedOrigins = ["https://app.example.com"]);
        using HttpRequestMessage own = new(HttpMethod.Get, "/api/reading");
        own.Headers.Add("Origin", host.Address.GetLeftPart(UriPartial.Authority));
        using HttpRequestMessage listed = new(HttpMethod.Get, "/api/reading");
        listed.Headers.Add("Origin", "https://app.example.com");
        listed.Headers.Add("Sec-Fetch-Site", "cross-site");

        using HttpResponseMessage first = await host.Http.SendAsync(own);
        using HttpResponseMessage second = await listing.Http.SendAsync(listed);

        first.StatusCode.Should().Be(HttpStatusCode.OK);
        second.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static Task<TestHost> StartAsync(Action<McpHostOptions> set) => TestHost.StartAsync(set, map: app =>
    {
        app.MapGet("/api/reading", (RequestDelegate)(context => context.Response.WriteAsync("read")));
        app.MapMethods("/api/deciding", ["GET", "POST", "DELETE"], (RequestDelegate)(context => context.Response.WriteAsync("decided"))).RequireAdmin();
    });

    private static async Task<HttpStatusCode> SendAsync(TestHost host, HttpMethod method, string? token)
    {
        using HttpRequestMessage request = new(method, "/api/deciding");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await host.Http.SendAsync(request);
        return response.StatusCode;
    }
}
