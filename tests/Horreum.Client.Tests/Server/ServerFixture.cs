using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Horreum.Server;
using Horreum.Server.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using Shared.Horreum;

namespace Horreum.Client.Tests.Server;

/// <summary>The real server on a free port before a fake Horreum with 250 runs.</summary>
internal sealed class ServerFixture : IAsyncDisposable
{
    public const string Token = "test-token";
    public const int Runs = 250;
    private readonly WebApplication _app;

    private ServerFixture(FakeHorreum horreum, WebApplication app)
    {
        Horreum = horreum;
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Http.DefaultRequestHeaders.Add("Authorization", "Bearer " + Token);
    }

    public FakeHorreum Horreum { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<ServerFixture> StartAsync(params (string Name, string? Value)[] variables) => StartAsync(null, variables);

    /// <summary>With a time-out that is shorter than people may set.</summary>
    public static async Task<ServerFixture> StartAsync(TimeSpan? timeout, params (string Name, string? Value)[] variables)
    {
        FakeHorreum horreum = await FakeHorreum.StartAsync();
        horreum.State.AddRuns(Runs, DateTimeOffset.UtcNow);
        WebApplication app = (WebApplication)HorreumHost.Build(
            Settings(horreum.Address, variables),
            builder => builder.Services.PostConfigure<HorreumClientOptions>(options => options.Timeout = timeout ?? options.Timeout));
        await app.StartAsync();
        return new ServerFixture(horreum, app);
    }

    public static ServerSettings Settings(Uri horreum, params (string Name, string? Value)[] variables)
    {
        Dictionary<string, string?> environment = new()
        {
            ["HORREUM_BASE_URL"] = horreum.AbsoluteUri,
            ["HTTP_MODE_ENABLED"] = "true",
            ["HTTP_HOST"] = "127.0.0.1",
            ["HTTP_PORT"] = "0",
            ["HTTP_AUTH_TOKEN"] = Token,
            ["HORREUM_RATE_LIMIT"] = "100000",
            ["HORREUM_TIMEOUT"] = "20000",
            ["HORREUM_RETRIES"] = "0",
            ["HORREUM_RETRY_DELAY"] = "50",
            ["LOG_LEVEL"] = "silent",
        };
        foreach ((string name, string? value) in variables)
        {
            environment[name] = value;
        }

        return ServerSettings.Read(environment.GetValueOrDefault);
    }

    public async Task<(int Status, JsonElement Body)> PostAsync(string path, string body = "{}", params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using HttpResponseMessage response = await Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public Task<(int Status, JsonElement Body)> CallAsync(string tool, string body = "{}") => PostAsync("/api/tools/horreum_" + tool, body);

    public Task<McpClient> ConnectAsync() => McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
    {
        Endpoint = new Uri(Http.BaseAddress!, "/mcp"),
        AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + Token },
    }));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Horreum.DisposeAsync();
    }
}
