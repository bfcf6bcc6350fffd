using System.Text.Json;
using Fleet.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared.Coder;
using Shared.Testing;

namespace Coder.Client.Tests.Support;

/// <summary>The running fleet server over HTTP, a fake Coder behind it and a real MCP client before it, all on one clock.</summary>
internal sealed class FleetHarness : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly WebApplication _host;

    private FleetHarness(FakeCoder coder, PausesClock clock, WebApplication host, McpClient client, LogCapture logs)
    {
        Coder = coder;
        Clock = clock;
        _host = host;
        Client = client;
        Logs = logs;
    }

    public FakeCoder Coder { get; }

    public FakeState State => Coder.State;

    public PausesClock Clock { get; }

    public McpClient Client { get; }

    public LogCapture Logs { get; }

    public IServiceProvider Services => _host.Services;

    public static async Task<FleetHarness> StartAsync(
        Func<FakeCoderOptions, FakeCoderOptions>? coder =
            null, Action<FleetOptions>? fleet = null, Action<CoderClientOptions>? client = null, Action<IServiceCollection>? services = null)
    {
        PausesClock clock = new();
        FakeCoderOptions options = new() { Clock = clock };
        FakeCoder fake = await FakeCoder.StartAsync(coder?.Invoke(options) ?? options);
        LogCapture logs = new();
        Dictionary<string, string> environment = new()
        {
            ["CODER_URL"] = fake.Address.AbsoluteUri,
            ["CODER_SESSION_TOKEN"] = fake.Options.Token,
            ["LOG_LEVEL"] = "TRACE",
        };
        WebApplication host = (WebApplication)FleetHost.Build(FleetSettings.Read(environment), ["--urls", "http://127.0.0.1:0"], builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.Configure<FleetOptions>(configured => fleet?.Invoke(configured));
            builder.Services.Configure<CoderClientOptions>(configured => client?.Invoke(configured));
            services?.Invoke(builder.Services);
            builder.Logging.ClearProviders();
            builder.Logging.AddProvider(logs);
        });
        await host.StartAsync();
        HttpClientTransport transport = new(
            new HttpClientTransportOptions { Endpoint = new Uri(host.Urls.First() + "/mcp"), TransportMode = HttpTransportMode.StreamableHttp });
        return new FleetHarness(fake, clock, host, await McpClient.CreateAsync(transport), logs);
    }

    /// <summary>Calls a tool that must succeed.</summary>
    public async Task<JsonElement> CallAsync(string tool, object? arguments = null, IProgress<ProgressNotificationValue>? progress = null)
    {
        CallToolResult result = await TryCallAsync(tool, arguments, progress);
        result.IsError.Should().NotBe(true, "the call of {0} should succeed: {1}", tool, Text(result));
        Text(result).Should().NotBeEmpty();
        return result.StructuredContent!.Value;
    }

    /// <summary>Calls a tool that must fail, and returns its error.</summary>
    public async Task<JsonElement> FailAsync(string tool, object? arguments = null)
    {
        CallToolResult result = await TryCallAsync(tool, arguments);
        result.IsError.Should().Be(true, "the call of {0} should fail, but returned {1}", tool, Text(result));
        JsonElement error = result.StructuredContent!.Value.GetProperty("error");
        Text(result).Should().Be(error.GetProperty("message").GetString());
        return error;
    }

    public async Task<CallToolResult> TryCallAsync(string tool, object? arguments = null, IProgress<ProgressNotificationValue>? progress = null)
    {
        Dictionary<string, object?> map = arguments?.GetType().GetProperties().ToDictionary(
            property => property.Name, property => property.GetValue(arguments)) ?? [];
        return await Clock.PumpAsync(Client.CallToolAsync(tool, map, progress: progress).AsTask());
    }

    /// <summary>How many calls reached Coder whose method and path match.</summary>
    public int Calls(string pattern) => Coder.Journal.Count(entry => System.Text.RegularExpressions.Regex.IsMatch($"{entry.Method} {entry.Path}", pattern));

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _host.StopAsync();
        await _host.DisposeAsync();
        await Coder.DisposeAsync();
    }

    /// <summary>JSON without the escapes that only the wire needs.</summary>
    public static string Json(JsonElement element) => JsonSerializer.Serialize(element, Plain);

    private static string Text(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
}
