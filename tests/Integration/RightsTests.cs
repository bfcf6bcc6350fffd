using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Integration.Running;
using ModelContextProtocol.Client;
using Shared.OAuth;
using Shared.Testing;

namespace Integration;

/// <summary>Rights of the running server, as its settings give them.</summary>
public sealed class RightsTests : IDisposable
{
    private const string Anna = "token-of-anna-0123456789";
    private const string Ben = "token-of-ben-0123456789";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Host__BearerTokens__anna", "McpOptimizer:Profiles:reader:Subjects names 'ana', but no token has that subject. Did you mean 'anna'?")]
    [InlineData("UNRELATED", "There is no token")]
    public async Task Serve_SubjectThatNoTokenHas_StopsTheStart(string variable, string expected)
    {
        Dictionary<string, string> environment = new() { [variable] = Anna, ["McpOptimizer__Profiles__reader__Subjects__0"] = "ana" };

        RunResult run = await OptimizerProcess.RunAsync(
            _folder.FullPath, environment, "serve", "--urls", "http://127.0.0.1:0", "--servers", Programs.ServersFile(_folder.FullPath, ["one"]), "--db", _folder.Combine("o.db"));

        run.ExitCode.Should().Be(2, run.Error);
        run.Error.Should().Contain(expected).And.NotContain(Anna).And.NotContain("   at ");
    }

    [Fact]
    public async Task Serve_SignIn_GroupsGiveProfilesAndWhoHasNoneSeesNothing()
    {
        using IssuerKey key = IssuerKey.Ec("ec");
        await using TestIssuer issuer = await TestIssuer.StartAsync(key);
        Dictionary<string, string> environment = new()
        {
            ["Host__Jwt__Authority"] = issuer.Address,
            ["Host__Jwt__Audiences"] = "mcp",
            ["Host__Admins__0"] = "user:root",
            ["McpOptimizer__Profiles__reader__Subjects__0"] = "group:ops",
            ["McpOptimizer__Profiles__all__Subjects__0"] = "user:root",
        };
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(
            _folder.FullPath, environment, "--servers", Programs.ServersFile(_folder.FullPath, ["one"]));
        await using (server)
        {
            string ops = "Bearer " + issuer.Token(key, claims => claims["groups"] = new JsonArray("ops"));
            await using McpClient anna = await McpClients.ConnectAsync(address, authorization: ops);
            await using McpClient ben = await McpClients.ConnectAsync(address, authorization: "Bearer " + issuer.Token(key, claims => claims["sub"] = "ben"));
            await anna.WaitForToolsAsync(14);

            (await ben.CountToolsAsync()).Should().Be(0);
            (await ben.CallAsync("one", "echo", new { text = "hello" })).IsError.Should().BeTrue();
            (await anna.CallAsync("one", "echo", new { text = "hello" })).IsError.Should().NotBe(true);
            (await StatusAsync(address, "/api/trust", ops)).Should().Be(HttpStatusCode.Forbidden);
            (await StatusAsync(address, "/metrics", null)).Should().Be(HttpStatusCode.Unauthorized);
            (await StatusAsync(address, "/metrics", ops)).Should().Be(HttpStatusCode.OK);
            server.Log.Should().NotContain(ops.Split('.')[2], "a token belongs into no log");
        }
    }

    [Fact]
    public async Task Serve_SignInAlone_TheCommandLineBesideItUsesTheSecretOfItsDatabase()
    {
        using IssuerKey key = IssuerKey.Ec("ec");
        await using TestIssuer issuer = await TestIssuer.StartAsync(key);
        string servers = Programs.ServersFile(_folder.FullPath, ["one"], "--journal", _folder.Combine("journal"));
        Dictionary<string, string> environment = new() { ["Host__Jwt__Authority"] = issuer.Address, ["Host__Jwt__Audiences"] = "mcp" };
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(_folder.FullPath, environment, "--servers", servers);
        await using (server)
        {
            await using McpClient client = await McpClients.ConnectAsync(address, authorization: "Bearer " + issuer.Token(key));
            await client.WaitForToolsAsync(14);
            await Eventually.IsAsync(() => File.Exists(_folder.Combine("optimizer.db.running")));
            int lines = (await File.ReadAllLinesAsync(_folder.Combine("journal"))).Length;

            RunResult tools = await OptimizerProcess.RunAsync(_folder.FullPath, null, "tools", "--db", _folder.Combine("optimizer.db"));
            RunResult call = await OptimizerProcess.RunAsync(_folder.FullPath, null, "call", "one", "echo", """{"text":"hello"}""", "--db", _folder.Combine("optimizer.db"));

            tools.Error.Should().BeEmpty();
            tools.Output.Should().Contain("one/echo\t");
            call.Output.Trim().Should().Be("hello", call.Error);
            (await File.ReadAllLinesAsync(_folder.Combine("journal"))).Count(line => line.StartsWith("start ", StringComparison.Ordinal))
                .Should().Be(1, "no command started the server again (the journal had {0} lines before)", lines);
            (await StatusAsync(address, "/api/trust", null)).Should().Be(HttpStatusCode.Unauthorized, "without a token nothing opens");
        }
    }

    [Fact]
    public async Task Serve_TokenThatNoProfileNames_SeesNothingAndDecidesNothing()
    {
        Dictionary<string, string> environment = new()
        {
            ["Host__BearerTokens__anna"] = Anna,
            ["Host__BearerTokens__ben"] = Ben,
            ["McpOptimizer__Profiles__reader__Subjects__0"] = "anna",
            ["McpOptimizer__EnableDynamicInstall"] = "true",
        };
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(
            _folder.FullPath, environment, "--servers", Programs.ServersFile(_folder.FullPath, ["one"]));
        await using (server)
        {
            await using McpClient anna = await McpClients.ConnectAsync(address, authorization: "Bearer " + Anna);
            await using McpClient ben = await McpClients.ConnectAsync(address, authorization: "Bearer " + Ben);
            await using McpClient elsewhere = await McpClients.ConnectAsync(address, "/mcp/reader", authorization: "Bearer " + Ben);
            await anna.WaitForToolsAsync(14);

            (await ben.CountToolsAsync()).Should().Be(0);
            (await elsewhere.CountToolsAsync()).Should().Be(0);
            (await ben.CallAsync("one", "echo", new { text = "hello" })).IsError.Should().BeTrue();
            (await anna.CallToolAsync("install_server", new Dictionary<string, object?> { ["server_name"] = "any" })).Text().Should().Contain("not allowed");

            using HttpClient http = new() { BaseAddress = address };
            foreach (string token in new[] { Anna, Ben })
            {
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
                (await http.GetAsync("/api/trust")).StatusCode.Should().Be(HttpStatusCode.Forbidden, "Host:Admins names nobody");
            }
        }
    }

    [Fact]
    public async Task Serve_WithoutToken_DecidingNeedsTheSecretBesideTheDatabase()
    {
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(_folder.FullPath, "--servers", Programs.ServersFile(_folder.FullPath, ["one"]));
        await using (server)
        {
            using HttpClient http = new() { BaseAddress = address };
            using StringContent body = new("""{"target":"one"}""", new MediaTypeHeaderValue("application/json"));

            using HttpResponseMessage refused = await http.PostAsync("/api/trust/reject", body);
            string sentence = await refused.Content.ReadAsStringAsync();

            refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            sentence.Should().Contain("optimizer.db.secret");
            (await http.GetAsync("/api/trust")).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "what is decided on is nobody else's");
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(_folder.Combine("optimizer.db.secret")));
            (await http.GetAsync("/api/trust")).StatusCode.Should().Be(HttpStatusCode.OK);
            http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
            foreach (string path in new[] { "/api/trust", "/api/doctor", "/api/explain?need=x" })
            {
                (await http.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.Forbidden, path);
            }
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(Uri server, string path, string? authorization)
    {
        using HttpClient http = new() { BaseAddress = server };
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using HttpResponseMessage response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
