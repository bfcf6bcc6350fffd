using Evaluation;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Search;

namespace McpOptimizer.Core.Tests.Search;

/// <summary>Requests that name a server and describe the tool in other words.</summary>
public sealed class NamedServersTests
{
    [Fact]
    public async Task SearchAsync_ServerIsNamed_MeaningDecidesAmongItsTools()
    {
        EvaluationTool[] tools =
        [
            Tool("chatterbox", "leave_group", "Leave a group."), Tool("chatterbox", "create_group", "Create a group."),
            Tool("chatterbox", "send_message", "Send a message to a contact."), Tool("chatterbox", "list_stickers", "List the stickers."),
            Tool("git", "create_branch", "Create a branch."), Tool("git", "list_commits", "List commits."), Tool("git", "merge", "Merge a branch."),
            .. Enumerable.Range(0, 60).Select(i => Tool($"shop{i % 12}", $"get_article_{i}", $"Get article {i} of the shop.")),
        ];

        (await LeadAsync(tools, 0.2)).Should().BeGreaterThan(await LeadAsync(tools, 0));
    }

    private static EvaluationTool Tool(string server, string name, string description) => new($"{server}/{name}", server, name, null, description, null);

    // How far the tool that is meant leads the others of its server.
    private static async Task<double> LeadAsync(EvaluationTool[] tools, double weight)
    {
        using BuiltInEmbeddingGenerator generator = new();
        SearchSettings settings = new() { NamedServerWeight = weight };
        ToolIndexHolder holder = new(settings);
        holder.Apply(new IndexChange { Upserted = await SetIndex.CreateAsync(tools, generator) });
        ToolSearchResult result = await new ToolSearchService(holder, settings, generator)
            .SearchAsync(new ToolQuery { Limit = 20, Description = "write my plumber on Chatterbox to come at nine" });
        double ScoreOf(string name) => result.Hits.Single(hit => hit.Tool.Name == name).Score;
        return ScoreOf("send_message") - Math.Max(ScoreOf("leave_group"), ScoreOf("list_stickers"));
    }
}
