using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

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
