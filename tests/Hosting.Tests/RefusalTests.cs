using System.Net;
using System.Net.Sockets;
using Hosting.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Time.Testing;
using Shared.Testing;

namespace Hosting.Tests;

/// <summary>What the operator reads about those who were turned away, and that nobody but this host writes its log.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Refused_EachKind_IsLoggedWithThePeer()
    {
        LineLog log = new();
        await using TestHost host = await StartAsync(log, options =>
        {
            options.BearerTokens["anna"] = "token-of-anna";
            options.BearerTokens["ben"] = "token-of-ben";
            options.AllowedHosts = ["127.0.0.1"];
        });
        string session = await host.Http.OpenAsync(token: "token-of-anna");

        await SendAsync(host, Rpc.Post(Rpc.Initialize(), token: "stolen-token"));
        await SendAsync(host, Rpc.Post(Rpc.Call("who"), session: session, token: "token-of-ben"));
        HttpRequestMessage name = Rpc.Post(Rpc.Initialize(), token: "token-of-ben");
        name.Headers.Host = "rebound.example";
        await SendAsync(host, name);
        HttpRequestMessage origin = Rpc.Post(Rpc.Initialize(), token: "token-of-ben");
        origin.Headers.Add("Origin", "https://evil.example");
        await SendAsync(host, origin);

        string[] lines = [.. log.Lines.Where(line => line.Contains("Refused 127.0.0.1:", StringComparison.Ordinal))];
        lines.Should().HaveCount(4);
        lines[0].Should().StartWith("Warning").And.Contain("/mcp").And.NotContain("stolen-token");
        lines[1].Should().Contain("belongs to another caller");
        lines[2].Should().Contain("rebound.example");
        lines[3].Should().Contain("https://evil.example");
        log.Lines.Should().NotContain(line => line.Contains(session, StringComparison.Ordinal), "who reads a log must not be able to use a session");
    }

    [Fact]
    public async Task Refused_Often_IsLoggedAtABoundedRateAndCounted()
    {
        FakeTimeProvider clock = new();
        LineLog log = new();
        await using TestHost host = await StartAsync(log, options => options.BearerToken = "correct-horse", clock);

        for (int i = 0; i < 500; i++)
        {
            await SendAsync(host, Rpc.Post(Rpc.Initialize(), token: "wrong-horse"));
        }

        int atFirst = log.Lines.Count(line => line.Contains("Refused", StringComparison.Ordinal));
        clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(host, Rpc.Post(Rpc.Initialize(), token: "wrong-horse"));

        atFirst.Should().BeInRange(1, 20);
        log.Lines.Last(line => line.Contains("Refused", StringComparison.Ordinal)).Should().Contain($"({500 - atFirst} more of this kind were not logged)");
    }

    [Fact]
    public async Task Refused_PathOfAStranger_CannotForgeALine()
    {
        LineLog log = new();
        await using TestHost host = await StartAsync(log, options => options.BearerToken = "correct-horse");

        await SendAsync(host, new HttpRequestMessage(HttpMethod.Post, "/a%0Ainfo:%20all%20is%20well%1B[2J" + new string('x', 3000)));

        string line = log.Lines.Single(line => line.Contains("Refused", StringComparison.Ordinal));
        line.Should().Contain("all%20is%20well").And.NotContain("\n").And.NotContain("\u001b");
        line.Length.Should().BeLessThan(400);
    }

    [Fact]
    public async Task Connect_MoreThanThereMayBe_IsClosedAndLoggedOnce()
    {
        LineLog log = new();
        await using TestHost host = await StartAsync(log, options => options.MaxConnections = 2);
        using TcpClient first = new();
        using TcpClient second = new();
        await first.ConnectAsync(IPAddress.Loopback, host.Address.Port);
        await second.ConnectAsync(IPAddress.Loopback, host.Address.Port);
        await Eventually.IsAsync(async () =>
        {
            using TcpClient next = new();
            return await IsClosedAsync(next, host.Address.Port);
        });

        first.Close();
        await Eventually.IsAsync(async () =>
        {
            using HttpClient http = new() { BaseAddress = host.Address };
            try
            {
                return (await http.GetAsync("/health")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        log.Lines.Should().Contain(line => line.Contains("Host:MaxConnections", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ConsoleFormatterNames.Simple)]
    [InlineData(ConsoleFormatterNames.Systemd)]
    [InlineData(ConsoleFormatterNames.Json)]
    public void Console_TextOfAStranger_NeitherSteersTheTerminalNorForgesALine(string name)
    {
        ServiceCollection services = new();
        services.AddLogging(logging => logging.AddConsole());
        VisibleLogs.AddTo(services);
        using ServiceProvider provider = services.BuildServiceProvider();
        ConsoleFormatter formatter = provider.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == name);
        const string Hostile = "read_file\ninfo: Calls[3100]\n      approved\u001b[31m\u009b\u202e\u2028";
        InvalidOperationException exception = new("outer\nforged", new AggregateException(new IOException("inner\u001b[2J\nforged too")));
        using StringWriter written = new();
        LogEntry<string> entry = new(LogLevel.Information, "Category", 1, Hostile, exception, (state, _) => state);

        formatter.Write(entry, null, written);

        string text = written.ToString();
        text.Should().NotContainAny("\u001b", "\u009b", "\u202e", "\u2028", "\nforged", "\ninfo: Calls", "\n      approved");
        text.Should().Contain("read_file").And.Contain("InvalidOperationException").And.Contain("IOException");
    }

    private static async Task<bool> IsClosedAsync(TcpClient client, int port)
    {
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(500));
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return await client.GetStream().ReadAsync(new byte[1], soon.Token) == 0;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task SendAsync(TestHost host, HttpRequestMessage request)
    {
        using (request)
        {
            using HttpResponseMessage response = await host.Http.SendAsync(request);
            response.IsSuccessStatusCode.Should().BeFalse();
        }
    }

    private static Task<TestHost> StartAsync(LineLog log, Action<McpHostOptions> set, TimeProvider? clock = null) => TestHost.StartAsync(set, builder =>
    {
        builder.Logging.AddProvider(log);
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }
    });
}
