// Servers that the application itself knows of: a source that lists them, and says when its list has changed.
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

ServersOfTheApplication servers = new();
HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddMcpOptimizer(options => options.Store.DatabasePath = Path.Combine(AppContext.BaseDirectory, "optimizer.db"));
builder.Services.AddSingleton<IWorkloadSource>(servers);
using IHost host = builder.Build();
await host.StartAsync();
await host.Services.GetRequiredService<IngestionStatus>().WaitForFirstIngestionAsync();
Show("before");

// Taken in at once, not at the next poll.
servers.Add("clock", "dotnet", Path.Combine(AppContext.BaseDirectory, "ClockServer.dll"));
for (int i = 0; i < 600 && Show(null) == 0; i++)
{
    await Task.Delay(100);
}

Show("after");
await host.StopAsync();

int Show(string? when)
{
    int tools = host.Services.GetRequiredService<IDiscoveryService>().List(CallerIdentity.Anonymous).Count;
    Console.Write(when is null ? "" : $"{when}: {tools} tools{Environment.NewLine}");
    return tools;
}

internal sealed class ServersOfTheApplication : IWorkloadSource
{
    private readonly List<WorkloadDescriptor> _servers = [];
    private ConfigurationReloadToken _changed = new();

    public string Name => "application";

    public void Add(string name, string command, params string[] arguments)
    {
        BackendEndpoint endpoint = new() { ServerName = name, Transport = TransportKind.Stdio, Command = command, Arguments = arguments };
        lock (_servers)
        {
            // The identifier says what the server is, beyond its name: another one under the same name is not trusted unseen.
            _servers.Add(new WorkloadDescriptor { Name = name, Endpoint = endpoint, Identifier = string.Join(' ', [command, .. arguments]), Status = ServerStatus.Running });
        }

        Interlocked.Exchange(ref _changed, new ConfigurationReloadToken()).OnReload();
    }

    public Task<WorkloadListing> ListAsync(CancellationToken cancellationToken = default)
    {
        lock (_servers)
        {
            return Task.FromResult(new WorkloadListing { Workloads = [.. _servers], IsComplete = true });
        }
    }

    public IChangeToken Watch() => _changed;
}
