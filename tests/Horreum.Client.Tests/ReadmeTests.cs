using System.Text.RegularExpressions;
using Horreum.Client.Clients.Wire;
using Horreum.Client.Models;
using Horreum.Client.Services;
using Horreum.Client.Tools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;
using Shared.Conventions;
using Shared.Horreum;

namespace Horreum.Client.Tests;

/// <summary>Holds the README's code, so that it compiles and runs.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Readme_EachBlockOfCode_StandsInThisFile()
    {
        string root = SourceConvention.RepositoryRoot();
        string readme = File.ReadAllText(Path.Combine(root, "src", "Horreum.Client", "README.md"));
        string source = Squeeze(File.ReadAllText(Path.Combine(root, "tests", "Horreum.Client.Tests", "ReadmeTests.cs")));
        MatchCollection blocks = Regex.Matches(readme, "```csharp\n(.*?)```", RegexOptions.Singleline);

        blocks.Should().HaveCount(3);
        foreach (Match block in blocks)
        {
            source.Should().Contain(Squeeze(block.Groups[1].Value));
        }
    }

    [Fact]
    public async Task Readme_Call_Works()
    {
        await using FakeHorreum horreum = await FakeHorreum.StartAsync();
        horreum.State.AddRuns(3, DateTimeOffset.UtcNow, name: "boot-time");
        ServiceCollection services = new();
        services.AddLogging();
        Register(services, "HUSR_1");
        services.Configure<HorreumClientOptions>(options => options.BaseAddress = horreum.Address);
        await using ServiceProvider provider = services.BuildServiceProvider();

        await CallAsync(provider);

        horreum.Journal.Should().HaveCount(3);
        provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<McpServerOptions>>().Value.ToolCollection.Should().HaveCount(20);
    }

    private static void Register(IServiceCollection services, string token)
    {
        services.AddHorreumClient(options =>
        {
            options.BaseAddress = new Uri("https://horreum.example.com");
            options.UseToken(token);        // an API key (HUSR_…) or a JWT
            options.MaxRetries = 3;         // reads only; the client alone never repeats
            options.RequestsPerSecond = 10;
        });
        services.AddHorreumServices();

        services.AddMcpServer().WithCallToolHandler(HorreumTools.CallByAliasAsync);
        services.AddOptions<McpServerOptions>().Configure<IServiceProvider>((server, provider) =>
            server.ToolCollection = [.. HorreumTools.Create(provider)]);
    }

    private static async Task CallAsync(IServiceProvider provider)
    {
        IHorreumClient client = provider.GetRequiredService<IHorreumClient>();
        RunCount count = await client.Runs.CountAsync(testId: 123);

        IRunService runs = provider.GetRequiredService<IRunService>();
        await foreach (RunEntry run in runs.EnumerateAsync(new RunListRequest { Test = TestReference.ByName("boot-time"), From = "last 7 days" }))
        {
            Console.WriteLine($"{run.Id} {run.StartTime:u} {count.Active}");
        }
    }

    private static string Squeeze(string text) => Regex.Replace(text, @"\s+", " ").Trim();
}
