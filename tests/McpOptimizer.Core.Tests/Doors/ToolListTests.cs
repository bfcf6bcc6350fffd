using McpOptimizer.Core.Models;
using McpOptimizer.Core.Tests.Fixtures;
using McpOptimizer.Core.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using Shared.Conventions;

namespace McpOptimizer.Core.Tests.Doors;

public sealed class ToolListTests
{
    [Fact]
    public async Task Tools_SayOfThemselvesWhatWasReviewed()
    {
        await using OptimizerFixture optimizer = WithAllTools();

        ToolListing.Compare(ToolsOf(optimizer), "McpOptimizer.Core.Tests").Should().BeEmpty("a change of what models see is reviewed");
    }

    [Fact]
    public async Task Functions_SayWhatTheToolsSay()
    {
        await using OptimizerFixture optimizer = WithAllTools();

        AIFunction[] functions = [.. optimizer.Get<IOptimizerFunctions>().Create(CallerIdentity.Anonymous)];

        functions[0].Name.Should().Be("find_tool");
        functions.Should().HaveCount(10, "there are no resources and no prompts").And.AllSatisfy(function =>
        {
            McpServerTool tool = ToolsOf(optimizer).Single(tool => tool.ProtocolTool.Name == function.Name);
            function.Description.Should().Be(tool.ProtocolTool.Description);
            function.JsonSchema.ToString().Should().Be(tool.ProtocolTool.InputSchema.ToString());
        });
    }

    // The SDK's collection keeps no order.
    private static IEnumerable<McpServerTool> ToolsOf(OptimizerFixture optimizer) =>
        optimizer.Get<IOptions<McpServerOptions>>().Value.ToolCollection!.OrderBy(tool => tool.ProtocolTool.Name, StringComparer.Ordinal);

    private static OptimizerFixture WithAllTools() => new(configure: options => (options.Disclosure.OfferExplanations, options.EnableDynamicInstall) = (true, true));
}
