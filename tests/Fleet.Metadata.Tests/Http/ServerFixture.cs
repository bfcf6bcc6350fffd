using System.Text.Json;
using Fleet.Metadata.Server;
using Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shared.Git;

namespace Fleet.Metadata.Tests.Http;

/// <summary>The sample server on a free port, over a real repository.</summary>
internal sealed class ServerFixture : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServerFixture(WebApplication app, GitSandbox git)
    {
        _app = app;
        Git = git;
        Http = new HttpClient { BaseAddress = Address, Timeout = MetadataFixture.Patience };
    }

    public GitSandbox Git { get; }

    public Uri Address => new(_app.Urls.First());

    public HttpClient Http { get; }

    public static async Task<ServerFixture> StartAsync(Action<McpHostOptions>? set = null, Action<IHostApplicationBuilder>? configure = null)
    {
        GitSandbox git = new(" server");
        McpHostOptions options = MetadataHost.Options();
        options.Urls = ["http://127.0.0.1:0"];
        set?.Invoke(options);
        string[] args =
        [
            "--Metadata:RepositoryPath", git.FullPath, "--Metadata:TaskStateFile", git.FullPath + ".task.json",
            "--Metadata:ForgeEnabled", "false", "--Metadata:GitDeadline", "00:01:00", "--Metadata:Deadline", "00:01:00",
        ];
        WebApplication app = (WebApplication)MetadataHost.Build(options, args, builder =>
        {
            builder.Logging.ClearProviders();
            configure?.Invoke(builder);
        });
        await app.StartAsync();
        return new ServerFixture(app, git);
    }

    public async Task<JsonElement> GetJsonAsync(string path)
    {
        using HttpResponseMessage response = await Http.GetAsync(path);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        Git.Dispose();
    }
}
