using System.Text.Json;
using System.Text.Json.Nodes;
using ConformanceClient;
using McpOptimizer.Core;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Repositories.Backends;
using Microsoft.Extensions.DependencyInjection;

// The optimizer as a client of the conformance suite's servers: connects, logs in where the scenario is about that, lists the tools and calls each in the way
// the scenario expects. The suite gives the server's address as the last argument, and more in the environment. See .ci/conformance.
string scenario = Environment.GetEnvironmentVariable("MCP_CONFORMANCE_SCENARIO") ?? "";
JsonObject given = JsonNode.Parse(Environment.GetEnvironmentVariable("MCP_CONFORMANCE_CONTEXT") is { Length: > 0 } text ? text : "{}") as JsonObject ?? [];
string folder = Directory.CreateTempSubdirectory("conformance-").FullName;
ServiceCollection services = new();
services.AddMcpOptimizer(options =>
{
    options.Store.DatabasePath = Path.Combine(folder, "unused.db");
    options.Backends.OAuthTokenFolder = Path.Combine(folder, "tokens");
    options.Backends.CallTimeout = TimeSpan.FromSeconds(120);
});
await using ServiceProvider provider = services.BuildServiceProvider();
IBackendRepository backends = provider.GetRequiredService<IBackendRepository>();
BackendEndpoint endpoint = new()
{
    ServerName = "conformance",
    Transport = TransportKind.StreamableHttp,
    Url = new Uri(args[^1]),
    OAuth = scenario.StartsWith("auth/", StringComparison.Ordinal) ? Caller.OAuth(given) : null,
};
try
{
    if (endpoint.OAuth is not null)
    {
        await LoginAsync();
    }

    IReadOnlyList<ToolDefinition> tools = (await WithLoginAsync(() => backends.ListToolsAsync(endpoint))).Tools;
    foreach ((string tool, JsonObject arguments) in Caller.CallsFor(tools, given))
    {
        await CallAsync(tool, arguments);
    }
}
catch (Exception e) when (e is BackendException or OperationCanceledException)
{
    // Many scenarios want just this: the suite judges by what it saw.
    await Console.Error.WriteLineAsync($"{scenario}: {e.Message}");
}
finally
{
    Directory.Delete(folder, recursive: true);
}

// A person who opens the address in a browser and lets the optimizer in.
async Task LoginAsync()
{
    using HttpClient browser = new();
    using CancellationTokenSource limit = new(TimeSpan.FromSeconds(120));
    await backends.LoginAsync(
        endpoint,
        (address, token) =>
        {
            _ = browser.GetStringAsync(address, token).ContinueWith(page => page.Exception, TaskScheduler.Default);
            return Task.CompletedTask;
        },
        limit.Token);
}

async Task CallAsync(string tool, JsonObject arguments)
{
    try
    {
        BackendCallResult result = await WithLoginAsync(() => backends.CallToolAsync(endpoint, tool, JsonSerializer.SerializeToElement(arguments), Caller.Context));
        await Console.Out.WriteLineAsync($"{tool}: {result.Json.ToJsonString()}");
    }
    catch (BackendException e)
    {
        await Console.Error.WriteLineAsync($"{scenario}, {tool}: {e.Message}");
    }
}

// Once more after a login, as the sentence of the error says.
async Task<T> WithLoginAsync<T>(Func<Task<T>> operation)
{
    try
    {
        return await operation();
    }
    catch (BackendException e) when (endpoint.OAuth is not null && e.Failure == BackendFailure.Unauthorized)
    {
        await Console.Error.WriteLineAsync($"{scenario}: {e.Message}");
        await LoginAsync();
        return await operation();
    }
}
