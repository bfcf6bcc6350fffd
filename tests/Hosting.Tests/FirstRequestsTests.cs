using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Hosting.Tests;

/// <summary>What the host asks of itself while it starts.</summary>
public sealed class FirstRequestsTests
{
    [Fact]
    public async Task Start_ListsTheTools_AndNobodyIsTold()
    {
        int listings = 0;
        using LineLog log = new();
        await using TestHost host = await StartAsync(log, next => (request, token) =>
        {
            Interlocked.Increment(ref listings);
            return next(request, token);
        });

        await host.WarmedUpAsync();

        listings.Should().BeInRange(1, 30);
        log.Lines.Should().NotContain(line => line.StartsWith("Warning") || line.StartsWith("Error") || line.Contains("requests of the start"));
    }

    [Fact]
    public async Task Start_TheListingFails_ServesAllTheSame()
    {
        using LineLog log = new();
        await using TestHost host = await StartAsync(log, _ => (_, _) => throw new InvalidOperationException("no listing"));

        await host.WarmedUpAsync();

        (await host.Http.GetAsync("/health")).IsSuccessStatusCode.Should().BeTrue();
    }

    private static Task<TestHost> StartAsync(LineLog log, McpRequestFilter<ModelContextProtocol.Protocol.ListToolsRequestParams, ModelContextProtocol.Protocol.ListToolsResult> filter) =>
        TestHost.StartAsync(configure: builder =>
        {
            builder.Logging.AddProvider(log);
            builder.Services.Configure<McpServerOptions>(options => options.Filters.Request.ListToolsFilters.Add(filter));
        });
}
