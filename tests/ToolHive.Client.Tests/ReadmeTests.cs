using Microsoft.Extensions.DependencyInjection;
using ToolHive.Client.Services;

namespace ToolHive.Client.Tests;

/// <summary>What the README shows, done.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Register_AsInTheReadme_Works()
    {
        ServiceCollection services = new();
        Register(services);

        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetRequiredService<IToolHiveClient>().Should().NotBeNull();
        provider.GetRequiredService<IWorkloadDirectory>().Should().BeOfType<KubernetesWorkloadDirectory>();
    }

    private static void Register(IServiceCollection services)
    {
        services.AddToolHiveClient(options =>
        {
            options.ReadEnvironment();
            options.RequestTimeout = TimeSpan.FromSeconds(5);
        });

        services.AddToolHiveKubernetes(options => options.Namespaces.Add("mcp"));

        services.AddToolHiveTools(options => options.AllowChanges = true);
        services.AddMcpServer();
    }
}
