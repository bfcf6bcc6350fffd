using Evaluation;
using FluentAssertions;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Search;
using Xunit;

namespace McpOptimizer.Core.Tests.Search;

/// <summary>Requests that name a server and describe the tool in other words.</summary>
public sealed class NamedServersTests
{
    [Fact]
    public async Task SearchAsync_ServerIsNamed_MeaningDecidesAmongItsTools()
    {
        EvaluationTool[] tools =
        [
            Tool("chatterbox", "leave_chatterbox_group", "Leave a Chatterbox group."), Tool("chatterbox", "create_chatterbox_group", "Create a Chatterbox group."),
            Tool("chatterbox", "send_message", "Send a message to a contact."), Tool("chatterbox", "list_stickers", "List the stickers of Chatterbox."),
            Tool("git", "create_branch", "Create a branch."), Tool("git", "list_commits", "List commits."), Tool("git", "merge", "Merge a branch."),
            Tool("clock", "get_time", "Get the time."), Tool("clock", "set_alarm", "Set an alarm."), Tool("clock", "start_timer", "Start a timer."),
        ];

        (await PlaceAsync(tools, 1)).Should().BeLessThan(await PlaceAsync(tools, 0));
    }

    private static EvaluationTool Tool(string server, string name, string description) => new($"{server}/{name}", server, name, null, description, null);

    private static async Task<int> PlaceAsync(EvaluationTool[] tools, double weight)
    {
        using BuiltInEmbeddingGenerator generator = new();
        SearchSettings settings = new() { NamedServerWeight = weight };
        ToolIndexHolder holder = new(settings);
        holder.Apply(new IndexChange { Upserted = await SetIndex.CreateAsync(tools, generator) });
        ToolSearchResult result = await new ToolSearchService(holder, settings, generator)
            .SearchAsync(new ToolQuery { Description = "tell the plumber on Chatterbox that he can come at nine" });
        return result.Hits.Select(hit => hit.Tool.Name).ToList().IndexOf("send_message");
    }
}
