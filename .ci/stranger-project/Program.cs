// Not part of this project: .ci/stranger copies it into one that references the packed packages.
using McpOptimizer.Agents;
using McpOptimizer.Core.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Server;

string folder = Directory.CreateTempSubdirectory("stranger-").FullName;
try
{
    HostApplicationBuilder builder = Host.CreateApplicationBuilder();
    builder.Services.AddHorreumClient(options => options.BaseAddress = new Uri("http://127.0.0.1:9"));
    builder.Services.AddHorreumServices();
    builder.Services.AddToolHiveClient();
    builder.Services.AddCoderClient(options =>
    {
        options.BaseAddress = new Uri("http://127.0.0.1:9");
        options.SessionToken = "none";
    });
    builder.Services.AddFleet(options => options.Owner = "me");
    builder.Services.AddFleetMetadata(options => options.RepositoryPath = folder);
    builder.Services.AddMcpOptimizer(options => options.Store.DatabasePath = Path.Combine(folder, "optimizer.db"));
    builder.Services.AddMcpServer();

    // In any order, none takes another's place.
    builder.Services.AddFleetTools();
    builder.Services.AddHorreumTools();
    builder.Services.AddMcpOptimizerTools();
    builder.Services.AddFleetMetadataTools();
    builder.Services.AddToolHiveTools();

    using IHost host = builder.Build();
    await host.StartAsync();
    string[] offered = [.. host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<McpServerOptions>>().Value.ToolCollection!.Select(tool => tool.ProtocolTool.Name)];
    string[] missing = [.. new[] { "find_tool", "list_runs", "list_agents", "get_metadata", "list_servers" }.Except(offered)];
    Console.WriteLine($"One host offers {offered.Length} tools of five packages.");

    // The doors for chat clients and agents, without a model: they build on the packed packages.
    using IChatClient chat = new ChatClientBuilder(new NoModel()).UseMcpOptimizer().UseFunctionInvocation().UseToolReduction().Build(host.Services);
    McpOptimizerContextProvider provider = new(host.Services.GetRequiredService<IOptimizerFunctions>());
    Console.WriteLine($"{chat.GetType().Name} and {provider.GetType().Name} are built.");
    await host.StopAsync();
    if (missing.Length > 0)
    {
        Console.Error.WriteLine($"Missing: {string.Join(", ", missing)}");
        return 1;
    }

    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

internal sealed class NoModel : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
