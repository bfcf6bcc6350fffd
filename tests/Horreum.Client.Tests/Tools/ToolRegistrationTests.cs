using Horreum.Client.Models;
using Horreum.Client.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using Shared.Conventions;

namespace Horreum.Client.Tests.Tools;

public sealed class ToolRegistrationTests
{
    [Fact]
    public void Names_AreThoseOfTheCatalog()
    {
        using ServiceProvider services = Build(collection => collection.AddHorreumTools());

        services.GetRequiredService<ToolCatalog>().All.Select(tool => tool.Name).Should().Equal(ToolCatalog.Names);
    }

    [Theory]
    [InlineData(ContractNaming.CamelCase)]
    [InlineData(ContractNaming.SnakeCase)]
    public void Tools_SayOfThemselvesWhatWasReviewed(ContractNaming naming)
    {
        using ServiceProvider services = Build(collection => collection.AddHorreumTools(options => (options.Naming, options.EnableWrites) = (naming, true)));

        ToolListing.Compare(services.GetServices<McpServerTool>(), "Horreum.Client.Tests", $"Tools.{naming}.json").Should().BeEmpty("a change of what models see is reviewed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AddHorreumTools_BesideOtherTools_KeepsThemInAnyOrder(bool first)
    {
        McpServerTool other = McpServerTool.Create(() => "x", new McpServerToolCreateOptions { Name = "other" });
        using ServiceProvider services = Build(collection =>
        {
            if (first)
            {
                collection.AddHorreumTools();
            }

            collection.AddSingleton(other);
            collection.AddHorreumTools();
        });

        McpServerPrimitiveCollection<McpServerTool> offered = services.GetRequiredService<IOptions<McpServerOptions>>().Value.ToolCollection!;

        offered.Should().HaveCount(21, "twenty that read, and the other").And.Contain(other);
        offered.Select(tool => tool.ProtocolTool.Name).Should().NotContain("upload_run");
        services.GetRequiredService<IOptions<McpServerOptions>>().Value.ResourceCollection.Should().HaveCount(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AddHorreumTools_WritesAreAllowed_OffersTheUpload(bool before)
    {
        using ServiceProvider services = Build(collection =>
        {
            collection.AddHorreumTools(before ? options => options.EnableWrites = true : null);
            collection.Configure<HorreumContractOptions>(options => options.EnableWrites = true);
        });

        services.GetRequiredService<IOptions<McpServerOptions>>().Value.ToolCollection!.Select(tool => tool.ProtocolTool.Name).Should().Contain("upload_run");
    }

    [Fact]
    public void Start_AnotherToolHasTheSameName_NamesBoth()
    {
        McpServerTool other = McpServerTool.Create(Impostor.Ping, new McpServerToolCreateOptions { Name = "ping" });
        using ServiceProvider services = Build(collection => collection.AddHorreumTools().AddSingleton(other));

        FluentActions.Invoking(() => services.GetRequiredService<IStartupValidator>().Validate()).Should().Throw<OptionsValidationException>()
            .Which.Message.Should().Contain("'ping'").And.Contain("Horreum.Client").And.Contain(nameof(Impostor));
    }

    private static ServiceProvider Build(Action<IServiceCollection> configure)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddHorreumClient(options => options.BaseAddress = new Uri("https://horreum.example.com"));
        configure(services);
        services.AddMcpServer();
        return services.BuildServiceProvider();
    }

    private static class Impostor
    {
        public static string Ping() => "pong";
    }
}
