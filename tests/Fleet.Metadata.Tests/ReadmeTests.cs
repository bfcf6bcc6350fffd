using Fleet.Metadata.Models;
using Fleet.Metadata.Services;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fleet.Metadata.Tests;

/// <summary>What the README shows, done.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Register_FromReadme_Works()
    {
        KeyValuePair<string, string?>[] settings = [KeyValuePair.Create("Metadata:TaskfileParallelism", (string?)"2")];
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        ServiceCollection services = new();
        Register(services, configuration, "token");
        using ServiceProvider provider = services.BuildServiceProvider();

        FleetMetadataOptions options = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<FleetMetadataOptions>>().Value;

        options.TaskfileParallelism.Should().Be(2);
        options.Forges.Should().Contain(forge => forge.Host == "git.example.com" && forge.Kind == ForgeKind.GitLab);
        options.ToString().Should().NotContain("token");
    }

    [Fact]
    public async Task Call_FromReadme_Works()
    {
        await using MetadataFixture fixture = new(AppContext.BaseDirectory);

        await CallAsync(fixture.Get<IMetadataService>(), fixture.Get<ITaskStateService>(), CancellationToken.None);

        (await fixture.ValuesAsync()).Should().Contain("workspace_task_description", "Fix the build");
    }

    private static void Register(IServiceCollection services, IConfiguration configuration, string token)
    {
        services.AddFleetMetadata(configuration.GetSection(FleetMetadataOptions.SectionName), options =>
        {
            options.RepositoryPath = "/home/coder/project";
            options.Forges.Add(new ForgeHost { Host = "git.example.com", Kind = ForgeKind.GitLab, Token = token });
        });
        services.AddFleetMetadataTools();
        services.AddMcpServer();
    }

    private static async Task<object?> CallAsync(IMetadataService metadata, ITaskStateService tasks, CancellationToken cancellationToken)
    {
        MetadataResponse all = await metadata.GetAllAsync(cancellationToken);
        MetadataEntry? branch = await metadata.GetAsync("git_branch", cancellationToken);
        await tasks.SetAsync(WorkspaceTaskStatus.Running, "Fix the build", cancellationToken);
        return (all, branch);
    }
}
