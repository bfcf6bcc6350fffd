using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hosting;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Server.Api;
using McpOptimizer.Server.Configuration;
using McpOptimizer.Server.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shared.Backends;
using Shared.Testing;

namespace McpOptimizer.Server.Tests.Api;

/// <summary>The optimizer's API over a real socket, with a stub server behind it, two subjects with tokens and two profiles.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    public const string Operator = "token-of-operator-0123456789";
    public const string Reader = "token-of-reader-0123456789";
    public const string PlantedSecret = "planted-secret-0123456789";

    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;

    private ApiHost(StubHttpBackend backend, bool withTokens)
    {
        Backend = backend;
        string file = _folder.Combine("servers.json");
        File.WriteAllText(file, new JsonObject
        {
            ["mcpServers"] = new JsonObject
            {
                ["one"] = new JsonObject { ["url"] = backend.Url.ToString() },
                ["dead"] = new JsonObject { ["command"] = "no-such-program-of-ours" },
            },
        }.ToJsonString());
        McpHostOptions options = new()
        {
            Name = "test",
            Urls = ["http://127.0.0.1:0"],
            AcceptProfiles = true,
            LocalSecretFile = _folder.Combine("o.db.secret"),
        };
        if (withTokens)
        {
            options.BearerTokens["operator"] = Operator;
            options.BearerTokens["reader"] = Reader;
            options.Admins = ["operator"];
        }

        SQLitePCL.Batteries_V2.Init();
        _app = (WebApplication)McpHost.Build(
            options,
            [$"--HttpEmbeddings:ApiKey={PlantedSecret}", $"--McpOptimizer:Store:Unheard={PlantedSecret}", "--McpOptimizer:Search:MaxToolsToReturn=5", "--McpOptimizer:Responses:MaxTokens=2000"],
            builder =>
            {
                builder.Services.AddMcpOptimizer(
                    settings =>
                    {
                        settings.Store.DatabasePath = _folder.Combine("o.db");
                        settings.Profiles["few"] = new ProfileSettings { AllowTools = ["one/echo", "one/pid", "one/fail"] };
                        if (withTokens)
                        {
                            settings.Profiles["few"].Subjects.Add("reader");
                            settings.DefaultProfile = "all";
                            settings.Profiles["all"] = new ProfileSettings();
                        }
                    },
                    builder.Configuration.GetSection("McpOptimizer"));
                builder.Services.AddServersFileSource(file);
                builder.Services.AddSingleton<ICallerAccessor, HostCallerAccessor>();
                builder.Services.AddMcpOptimizerTools();
                builder.Services.AddSingleton<IFindAuditSink, FaultySink>();
                OptimizerApi.AddTo(builder.Services);
            },
            app =>
            {
                OptimizerApi.Map(app);
                OptimizerPage.Map(app);
            });
    }

    public StubHttpBackend Backend { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public string Secret => File.ReadAllText(_folder.Combine("o.db.secret")).Trim();

    public static async Task<ApiHost> StartAsync(bool withTokens = true)
    {
        ApiHost host = new(await StubHttpBackend.StartAsync(), withTokens);
        await host._app.StartAsync();
        host.Address = new Uri(host._app.Urls.First());
        string token = withTokens ? Operator : host.Secret;
        await Eventually.IsAsync(async () => (await host.GetAsync("/api/overview", token)).Body.GetProperty("tools").GetInt32() == StubServer.BuiltInTools, "the stub's tools");
        return host;
    }

    public Task<(int Status, JsonElement Body)> GetAsync(string path, string? token = Operator) => SendAsync(HttpMethod.Get, path, token);

    public Task<(int Status, JsonElement Body)> PostAsync(string path, string body, string? token = Operator, string type = "application/json") =>
        SendAsync(HttpMethod.Post, path, token, new StringContent(body, new MediaTypeHeaderValue(type)));

    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? token, HttpContent? content = null)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(method, new Uri(Address, path)) { Content = content };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        text.Should().NotContain(PlantedSecret).And.NotContain(Operator).And.NotContain(Reader);
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Backend.DisposeAsync();
        _folder.Dispose();
    }
}
