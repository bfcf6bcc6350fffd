using System.Reflection;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Repositories.Backends;
using Microsoft.Extensions.DependencyInjection;

namespace StubBackend;

/// <summary>A host of stdio servers that a test can kill: starts each from its flags, calls the given tool, prints a line and waits.</summary>
internal static class HostMode
{
    /// <summary>Runs until killed or until the input ends.</summary>
    public static async Task RunAsync(string mark, string tool, int servers)
    {
        ServiceCollection services = new();

        // Internal until the package's own registration calls it.
        Type registration = Type.GetType("Microsoft.Extensions.DependencyInjection.McpOptimizerCallsServiceCollectionExtensions, McpOptimizer.Core", throwOnError: true)!;
        registration.GetMethod("AddMcpOptimizerCalls", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.Invoke(null, [services]);
        await using ServiceProvider provider = services.BuildServiceProvider();
        IBackendRepository backends = provider.GetRequiredService<IBackendRepository>();
        for (int i = 0; i < servers; i++)
        {
            BackendEndpoint endpoint = new()
            {
                ServerName = $"s{i}",
                Transport = TransportKind.Stdio,
                Command = "dotnet",
                Arguments = [typeof(HostMode).Assembly.Location, "--stubborn"],
                Environment = new Dictionary<string, string> { ["STUB_MARK"] = mark },
                Timeout = TimeSpan.FromSeconds(60),
            };
            await backends.CallToolAsync(endpoint, tool, JsonElement.Parse("{}"), CallContext.None);
        }

        await Console.Out.WriteLineAsync("ready");
        await Console.In.ReadLineAsync();
    }
}
