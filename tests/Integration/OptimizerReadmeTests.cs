using System.Text.RegularExpressions;
using Integration.Running;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Ingestion;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shared.Conventions;
using Shared.Testing;

namespace Integration;

/// <summary>The snippets of McpOptimizer.Core's README, compiled and run.</summary>
public sealed partial class OptimizerReadmeTests
{
    [Fact]
    public async Task Snippets_RunAsWritten()
    {
        using TemporaryFolder folder = new();
        SQLitePCL.Batteries_V2.Init();
        string database = folder.Combine("optimizer.db");
        string serversFile = Programs.ServersFile(folder.FullPath, ["one"]);

        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddMcpOptimizer(options => options.Store.DatabasePath = database);
        builder.Services.AddServersFileSource(serversFile);
        builder.Services.AddMcpOptimizerTools();
        builder.Services.AddMcpServer().WithStdioServerTransport();

        using IHost host = builder.Build();
        IIngestionService ingestion = host.Services.GetRequiredService<IIngestionService>();
        await ingestion.LoadAsync();
        await ingestion.IngestWorkloadsAsync();

        IDiscoveryService discovery = host.Services.GetRequiredService<IDiscoveryService>();
        FindRequest need = new() { Query = new ToolQuery { Description = "echo a message back" }, TokenBudget = 800 };
        FindResult found = await discovery.FindAsync(need, CallerIdentity.Anonymous);

        found.Tools[0].Hit.Tool.Name.Should().Be("echo");
    }

    [Fact]
    public void Snippets_StandInThisFile()
    {
        string root = SourceConvention.RepositoryRoot();
        string source = Normalize(File.ReadAllText(Path.Combine(root, "tests", "Integration", "OptimizerReadmeTests.cs")));
        string readme = File.ReadAllText(Path.Combine(root, "src", "McpOptimizer.Core", "README.md"));

        string[] snippets = [.. CSharpBlock().Matches(readme).Select(match => Normalize(match.Groups[1].Value))];

        snippets.Should().HaveCount(2);
        snippets.Should().OnlyContain(snippet => source.Contains(snippet, StringComparison.Ordinal));
    }

    private static string Normalize(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
