using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Clients.Backends;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Tests.Backends;
using Microsoft.AspNetCore.Http;
using Shared.Backends;

namespace McpOptimizer.Core.Tests.Reports;

/// <summary>Secrets of an entry are planted everywhere they may stand, a hostile server throws them back in every form, and everything that is written is searched.</summary>
public sealed class PlantedSecretTests
{
    private const string InUser = "pl4nted/us3r+name";
    private const string InPassword = "pl4nted p@ss\"w0rd";
    private const string InQuery = "pl4nted=qu3ry?k\\ey";
    private const string InHeader = "pl4nted-h3ader-v4lue";
    private const string InEnvironment = "pl4nted\"env\\v4lue";
    private const string InArgument = "pl4nted-4rgument";
    private const string OfCaller = "pl4nted-c4ller-token";

    private static readonly string[] Planted = [InUser, InPassword, InQuery, InHeader, InEnvironment, InArgument, OfCaller];

    [Theory]
    [InlineData(200, "application/json")]
    [InlineData(400, "application/json")]
    [InlineData(403, "text/plain")]
    [InlineData(500, "text/html")]
    [InlineData(200, "text/html")]
    [InlineData(307, "text/plain")]
    public async Task HttpServerThatThrowsThemBack_NothingIsWritten(int status, string type)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.RetryDelay = TimeSpan.Zero);
        string everything = string.Join(' ', new[] { InUser, InPassword, InQuery, InHeader, OfCaller }.SelectMany(Forms));
        stub.Odd = async (message, http) =>
        {
            if (message["method"]?.GetValue<string>() is "initialize" or "notifications/initialized" or "server/discover")
            {
                return false;
            }

            http.Response.StatusCode = status;
            http.Response.ContentType = type;
            http.Response.Headers.Location = "https://elsewhere.example/?" + string.Join('&', Planted.Select(secret => "x=" + Uri.EscapeDataString(secret)));
            string text = JsonSerializer.Serialize(everything);
            await http.Response.WriteAsync(type == "application/json"
                ? $$"""{"jsonrpc":"2.0","id":{{message["id"]!.ToJsonString()}},"error":{"code":-32050,"message":{{text}},"data":[{{text}}]} }"""
                : everything);
            return true;
        };
        BackendEndpoint endpoint = new()
        {
            ServerName = "web",
            Transport = TransportKind.StreamableHttp,
            Url = new Uri($"http://{Uri.EscapeDataString(InUser)}:{Uri.EscapeDataString(InPassword)}@127.0.0.1:{stub.Address.Port}/mcp?api_key={Uri.EscapeDataString(InQuery)}"),
            Headers = new Dictionary<string, string> { ["X-Api-Key"] = InHeader },
            ForwardCallerCredentials = true,
        };

        List<string> written = [];
        foreach (string tool in new[] { "echo", "slow" })
        {
            BackendException error = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(
                endpoint, tool, context: new CallContext { Authorization = "Bearer " + OfCaller })).Should().ThrowAsync<BackendException>()).Which;
            written.Add(error.Message);
        }

        Search([.. written, .. fixture.Logs.Lines, .. fixture.Backends.Status.Select(state => state.ToString()), endpoint.ToString()]);
    }

    /// <summary>A server may keep what one caller gave it and print it on the session of another, or on the one that is nobody's.</summary>
    [Theory]
    [InlineData("Bearer another-callers-token")]
    [InlineData(null)]
    public async Task HttpServerThatThrowsBackWhatAnotherCallerGave_NothingIsWritten(string? authorization)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.RetryAttempts = 0);
        BackendEndpoint endpoint = new() { ServerName = "web", Transport = TransportKind.StreamableHttp, Url = stub.Url, ForwardCallerCredentials = true };
        BackendEndpoint again = new() { ServerName = "web", Transport = TransportKind.StreamableHttp, Url = stub.Url, ForwardCallerCredentials = true };

        // The other session is there first.
        await fixture.Backends.CallAsync(again, "echo", context: new CallContext { Authorization = authorization });
        await fixture.Backends.CallAsync(endpoint, "echo", context: new CallContext { Authorization = "Bearer " + OfCaller });
        stub.Odd = async (message, http) =>
        {
            string text = JsonSerializer.Serialize(string.Join(' ', Forms(OfCaller)));
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync($$"""{"jsonrpc":"2.0","id":{{message["id"]!.ToJsonString()}},"error":{"code":-32050,"message":{{text}},"data":[{{text}}]} }""");
            return true;
        };

        BackendException error = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(
            again, "echo", context: new CallContext { Authorization = authorization })).Should().ThrowAsync<BackendException>()).Which;

        error.Message.Should().Contain("***");
        Search([error.Message, .. fixture.Logs.Lines, .. fixture.Backends.Status.Select(state => state.ToString())]);
    }

    [Fact]
    public async Task StdioServerThatThrowsThemBack_NothingIsWritten()
    {
        BackendEndpoint plain = BackendFixture.Stdio("s");
        BackendException error;
        await using BackendFixture fixture = new(options => options.Backends.RetryAttempts = 0);
        BackendEndpoint endpoint = new()
        {
            ServerName = "s",
            Transport = TransportKind.Stdio,
            Command = plain.Command,
            Arguments = [.. plain.Arguments, "--token", InArgument, "--exit", "3", "--stderr", string.Join(' ', Forms(InEnvironment).Concat(Forms(InArgument)))],
            Environment = new Dictionary<string, string> { ["API_KEY"] = InEnvironment },
        };

        error = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "echo")).Should().ThrowAsync<BackendException>()).Which;

        error.Message.Should().Contain("***");
        Search([error.Message, .. fixture.Logs.Lines, .. fixture.Backends.Status.Select(state => state.ToString())]);
    }

    [Fact]
    public void Redact_SecretInsideAnotherText_IsFoundInBase64WhereverItBegins()
    {
        SecretRedactor redactor = new(new BackendEndpoint
        {
            ServerName = "s",
            Transport = TransportKind.Stdio,
            Environment = new Dictionary<string, string> { ["TOKEN"] = InHeader },
        });
        Random random = new(7);
        for (int i = 0; i < 500; i++)
        {
            byte[] before = new byte[random.Next(20)];
            byte[] after = new byte[random.Next(20)];
            random.NextBytes(before);
            random.NextBytes(after);
            string text = Convert.ToBase64String([.. before, .. Encoding.UTF8.GetBytes(InHeader), .. after]);

            string clean = redactor.Redact(text);

            clean.Should().Contain("***");
            int kept = clean.Split("***").Sum(part => part.Length);
            (text.Length - kept).Should().BeGreaterThanOrEqualTo((InHeader.Length * 8 / 6) - 2, "all but the characters shared with the neighbours are gone");
        }
    }

    private static IEnumerable<string> Forms(string secret)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        return
        [
            secret, Uri.EscapeDataString(secret), JsonSerializer.Serialize(secret)[1..^1], JsonEncodedText.Encode(secret, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            Convert.ToBase64String(bytes), Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_').TrimEnd('='), Convert.ToHexStringLower(bytes),
            Convert.ToBase64String([.. "user:"u8, .. bytes]), Convert.ToBase64String([.. "u:"u8, .. bytes, .. ":x"u8]),
        ];
    }

    private static void Search(IEnumerable<string> written)
    {
        // The shared beginning tells on every secret in clear; the others are looked for in their forms. Base64 that stands inside other base64 shares characters at its ends.
        string[] needles =
        [
            "pl4nted", .. Planted.SelectMany(secret => Forms(secret).Take(7)),
            .. Planted.Select(secret => Convert.ToBase64String([.. "user:"u8, .. Encoding.UTF8.GetBytes(secret)])[8..16]),
        ];
        foreach (string text in written)
        {
            foreach (string needle in needles)
            {
                text.Contains(needle, StringComparison.OrdinalIgnoreCase).Should().BeFalse("'{0}' must not stand in: {1}", needle, text);
            }
        }
    }
}
