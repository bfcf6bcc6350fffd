using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Shared.Conventions;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Services;

namespace ToolHive.Client.Tests;

/// <summary>The README's code, compiled; a test holds the two together.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Readme_Snippets_AreCompiledHere()
    {
        string root = SourceConvention.RepositoryRoot();
        string readme = File.ReadAllText(Path.Combine(root, "src", "ToolHive.Client", "README.md")).ReplaceLineEndings("\n");
        string[] compiled = Lines(File.ReadAllText(Path.Combine(root, "tests", "ToolHive.Client.Tests", "ReadmeTests.cs")));
        string[][] snippets = [.. Snippet().Matches(readme).Select(match => Lines(match.Groups[1].Value))];

        snippets.Should().HaveCount(5);
        snippets.Should().OnlyContain(snippet => string.Join('\n', compiled).Contains(string.Join('\n', snippet)));
        readme.Split('\n').Length.Should().BeLessThan(150);
    }

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

    // Never run: compiling it is the point.
    internal static async Task CallAsync(IToolHiveClient toolHive, IInstallService installs, IWorkloadDirectory directory, CancellationToken stop)
    {
        WorkloadListing listing = await toolHive.Workloads.ListAsync(cancellationToken: stop);
        await foreach (string line in toolHive.Workloads.ReadLogsAsync("fetch", stop))
        {
            Console.WriteLine(line);
        }

        RunOutcome? outcome = await installs.RunAsync(
            new RunServerRequest { ServerName = "io.github.stacklok/fetch", WaitFor = TimeSpan.FromMinutes(2) }, stop);
        await foreach (WorkloadSnapshot snapshot in directory.WatchAsync(stop))
        {
            Console.WriteLine($"{snapshot.Workloads.Count(workload => workload.IsRunning)} servers run");
        }

        _ = (listing, outcome);
    }

    private static string[] Lines(string text) => [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
