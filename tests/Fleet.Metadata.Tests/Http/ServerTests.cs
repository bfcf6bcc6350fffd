using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Fleet.Metadata.Models;
using Fleet.Metadata.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Fleet.Metadata.Tests.Http;

/// <summary>The running server, at the edge that its readers touch.</summary>
public sealed class ServerTests
{
    [Fact]
    public async Task Metadata_AChange_IsInTheNextRequest()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        server.Git.Commit("First `$(id)` 🚀");

        JsonElement first = await server.GetJsonAsync("/metadata");
        MetadataFixture.Check(first);
        first.GetProperty("data").GetProperty("git_commit_message").GetProperty("value").GetString().Should().Be("First `$(id)` 🚀");
        first.GetProperty("data").GetProperty("git_status").GetProperty("value").GetString().Should().Be("clean");
        first.GetProperty("meta").GetProperty("version").GetString().Should().Be("1.0");
        server.Git.Write("new.txt");

        (await server.GetJsonAsync("/metadata/git_status")).GetProperty("value").GetString().Should().Be("modified");
    }

    [Fact]
    public async Task MetadataKey_Unknown_404WithTheKeysThereAre()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();

        using HttpResponseMessage response = await server.Http.GetAsync("/metadata/git_brunch");
        using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        body.RootElement.GetProperty("message").GetString().Should().Contain("'git_brunch'").And.Contain("Did you mean 'git_branch'?").And.Contain("git_detached");
        body.RootElement.GetProperty("error").GetString().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("/metadata")]
    [InlineData("/metadata/git_branch")]
    [InlineData("/health")]
    [InlineData("/metrics")]
    [InlineData("/openapi.json")]
    public async Task EveryRoute_OtherVerbs_405(string path)
    {
        await using ServerFixture server = await ServerFixture.StartAsync();

        foreach (HttpMethod method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete })
        {
            using HttpRequestMessage request = new(method, path);
            using HttpResponseMessage response = await server.Http.SendAsync(request);
            response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
            response.Content.Headers.Allow.Should().Contain("GET");
        }
    }

    [Fact]
    public async Task Health_WorkspaceGoes_Unhealthy()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();

        JsonElement healthy = await server.GetJsonAsync("/health");
        healthy.GetProperty("status").GetString().Should().Be("healthy");
        healthy.GetProperty("uptime_seconds").GetInt64().Should().BeGreaterThanOrEqualTo(0);
        healthy.GetProperty("version").GetString().Should().MatchRegex(@"^\d+\.\d+\.\d+");
        (await server.Http.GetAsync("/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
        Directory.Delete(server.Git.FullPath, recursive: true);

        using HttpResponseMessage response = await server.Http.GetAsync("/health");
        using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        body.RootElement.GetProperty("status").GetString().Should().Be("unhealthy");
        body.RootElement.GetProperty("error").GetString().Should().Contain("is not there");
        (await server.Http.GetAsync("/ready")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        MetadataFixture.Check(await server.GetJsonAsync("/metadata"));
    }

    [Fact]
    public async Task Bearer_Configured_RequiredExceptForHealth()
    {
        await using ServerFixture server = await ServerFixture.StartAsync(options => options.BearerToken = "a-token-of-the-test-that-is-long-enough");

        (await server.Http.GetAsync("/metadata")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await server.Http.GetAsync("/metrics")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await server.Http.GetAsync("/health")).StatusCode.Should().Be(HttpStatusCode.OK);
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "a-token-of-the-test-that-is-long-enough");
        (await server.Http.GetAsync("/metadata")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Metadata_ServiceFails_500InTheContractsForm()
    {
        await using ServerFixture server = await ServerFixture.StartAsync(
            configure: builder => builder.Services.Replace(ServiceDescriptor.Singleton<IMetadataService>(new FailingService())));

        using HttpResponseMessage response = await server.Http.GetAsync("/metadata");
        string body = await response.Content.ReadAsStringAsync();

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        body.Should().NotContain("a secret of the inside");
        using JsonDocument json = JsonDocument.Parse(body);
        json.RootElement.TryGetProperty("error", out _).Should().BeTrue();
        json.RootElement.TryGetProperty("message", out _).Should().BeTrue();
    }

    [Fact]
    public async Task Metadata_HundredClients_NoErrors()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        server.Git.Commit();

        JsonElement[] answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => server.GetJsonAsync("/metadata")));

        answers.Should().OnlyContain(answer => answer.GetProperty("data").GetProperty("git_status").GetProperty("value").GetString() == "clean");
    }

    [Fact]
    public async Task Metrics_AfterRequests_CountThem()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        await server.GetJsonAsync("/metadata");

        using HttpResponseMessage response = await server.Http.GetAsync("/metrics");
        string text = await response.Content.ReadAsStringAsync();

        response.Content.Headers.ContentType!.ToString().Should().Be("text/plain; version=0.0.4; charset=utf-8");
        text.Should().Contain("# TYPE fleet_metadata_requests_total counter\n").And.Contain("\nfleet_metadata_requests_total{shared=\"false\"} 1\n");
        text.Should().Contain("fleet_metadata_collector_duration_seconds_count{collector=\"git\"} 1\n");
        text.Should().Contain("fleet_metadata_collection_duration_seconds_bucket{le=\"+Inf\"} 1\n");
        string[] series = [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line[..line.LastIndexOf(' ')])];
        series.Should().OnlyHaveUniqueItems("a scrape with a series twice is refused as a whole");
    }

    private sealed class FailingService : IMetadataService
    {
        public Task<MetadataResponse> GetAllAsync(CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("a secret of the inside");

        public Task<MetadataEntry?> GetAsync(string key, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("a secret of the inside");
    }
}
