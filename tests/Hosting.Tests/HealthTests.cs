using System.Net;
using System.Text.Json.Nodes;
using Hosting.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Hosting.Tests;

/// <summary><c>/health</c> and <c>/ready</c>.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task Health_TokenAndForeignName_AnswersAnyway()
    {
        await using TestHost host = await TestHost.StartAsync(options => options.BearerToken = "correct-horse");
        using HttpRequestMessage request = new(HttpMethod.Get, "/health");
        request.Headers.Host = "10.1.2.3";

        using HttpResponseMessage response = await host.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ready_ChecksPass_Is200WithEachCheck()
    {
        await using TestHost host = await TestHost.StartAsync(configure: builder => builder.Services.AddHealthChecks()
            .AddCheck("store", () => HealthCheckResult.Healthy("3 tables"), ["ready"])
            .AddCheck("index", () => HealthCheckResult.Degraded("stale"), ["ready"])
            .AddCheck("other", () => HealthCheckResult.Unhealthy("not asked")));

        using HttpResponseMessage response = await host.Http.GetAsync("/ready");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        JsonNode report = await response.AnswerAsync();
        report["status"]!.GetValue<string>().Should().Be("Degraded");
        report["checks"]!["store"]!["description"]!.GetValue<string>().Should().Be("3 tables");
        report["checks"]!["index"]!["status"]!.GetValue<string>().Should().Be("Degraded");
        report["checks"]!["other"].Should().BeNull();
    }

    [Theory]
    [InlineData(null, "127.0.0.1", false)]
    [InlineData("wrong-horse", "127.0.0.1", false)]
    [InlineData("correct-horse", "evil.example", false)]
    [InlineData("correct-horse", "127.0.0.1", true)]
    public async Task Ready_HostWithToken_TellsDetailsToWhomTheTokenLetsIn(string? token, string name, bool details)
    {
        await using TestHost host = await TestHost.StartAsync(
            options =>
            {
                options.BearerToken = "correct-horse";
                options.AllowedHosts = ["127.0.0.1"];
            },
            builder => builder.Services.AddHealthChecks().AddCheck("store", () => HealthCheckResult.Degraded("postgres://u:p@db"), ["ready"]));
        using HttpRequestMessage request = new(HttpMethod.Get, "/ready");
        request.Headers.Host = name;
        request.Headers.Authorization = token is null ? null : new("Bearer", token);

        using HttpResponseMessage response = await host.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        string text = await response.Content.ReadAsStringAsync();
        text.Should().Contain("\"status\":\"Degraded\"");
        text.Contains("postgres", StringComparison.Ordinal).Should().Be(details);
    }

    [Fact]
    public async Task Ready_StatusChanges_SaysSinceWhenAndTheMetricFollows()
    {
        FakeTimeProvider clock = new();
        HealthStatus now = HealthStatus.Healthy;
        await using TestHost host = await TestHost.StartAsync(
            configure: builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Services.AddHealthChecks().AddCheck("store", () => new HealthCheckResult(now, "as it stands"), ["ready"]);
            },
            map: app => app.MapPrometheusMetrics("/metrics"));
        DateTimeOffset started = clock.GetUtcNow();

        (await SinceAsync(host)).Should().Be(started);
        clock.Advance(TimeSpan.FromMinutes(5));
        (await SinceAsync(host)).Should().Be(started);
        now = HealthStatus.Degraded;
        (await SinceAsync(host)).Should().Be(started.AddMinutes(5));
        clock.Advance(TimeSpan.FromMinutes(5));
        (await SinceAsync(host)).Should().Be(started.AddMinutes(5));
        (await host.Http.GetStringAsync("/metrics")).Should().MatchRegex("host_ready\\{[^}]*check=\"store\"[^}]*\\} 0\\.5");

        static async Task<DateTimeOffset> SinceAsync(TestHost host) =>
            (await (await host.Http.GetAsync("/ready")).AnswerAsync())["checks"]!["store"]!["since"]!.GetValue<DateTimeOffset>();
    }

    [Fact]
    public async Task Ready_NoTokenButARebornName_TellsOneWord()
    {
        await using TestHost host = await TestHost.StartAsync(
            configure: builder => builder.Services.AddHealthChecks().AddCheck("store", () => HealthCheckResult.Healthy("3 tables"), ["ready"]));
        using HttpRequestMessage request = new(HttpMethod.Get, "/ready");
        request.Headers.Host = "rebound.example";

        using HttpResponseMessage response = await host.Http.SendAsync(request);

        (await response.Content.ReadAsStringAsync()).Should().Be("{\"status\":\"Healthy\"}");
    }

    [Fact]
    public async Task Ready_CheckFails_Is503AndHealthStays200()
    {
        await using TestHost host = await TestHost.StartAsync(configure: builder => builder.Services.AddHealthChecks()
            .AddCheck("store", () => HealthCheckResult.Unhealthy("no answer from the database"), ["ready"]));

        using HttpResponseMessage ready = await host.Http.GetAsync("/ready");
        using HttpResponseMessage health = await host.Http.GetAsync("/health");

        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await ready.AnswerAsync())["checks"]!["store"]!["description"]!.GetValue<string>().Should().Be("no answer from the database");
        health.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
