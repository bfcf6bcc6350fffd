using Evaluation;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Search;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Tests.Search;

/// <summary>Both ends of the confidence: exact matches in a tiny catalogue, and needs that nothing there serves.</summary>
public sealed class ConfidenceTests
{
    private static readonly double Bar = new DisclosureSettings().NothingFitsBelow;

    private static readonly EvaluationTool[] Catalogue =
    [
        Tool("git", "create_branch", "Create a new branch in a repository."), Tool("git", "list_commits", "List the commits of a branch."),
        Tool("git", "get_diff", "Show what changed between two commits."), Tool("git", "merge_branch", "Merge a branch into another."),
        Tool("git", "list_tags", "List the tags of a repository."), Tool("git", "delete_branch", "Delete a branch."),
        Tool("workspaces", "get_workspace_status", "Get what a workspace is doing right now."), Tool("workspaces", "start_workspace", "Start a workspace."),
        Tool("workspaces", "stop_workspace", "Stop a workspace."), Tool("workspaces", "list_workspaces", "List all workspaces of the user."),
        Tool("workspaces", "delete_workspace", "Delete a workspace for good."), Tool("workspaces", "list_templates", "List templates for new workspaces."),
        Tool("everything", "echo", "Echoes a message back to the caller."), Tool("everything", "add", "Adds two numbers."),
        Tool("everything", "print_env", "Prints all environment variables."), Tool("everything", "long_operation", "Runs a long operation with progress."),
        Tool("everything", "sample_llm", "Samples from a language model."), Tool("everything", "get_tiny_image", "Returns a tiny picture."),
    ];

    [Theory]
    [InlineData("what is a workspace doing", true)]
    [InlineData("echo a message back", true)]
    [InlineData("create a branch", true)]
    [InlineData("what is a workspace doing", false)]
    [InlineData("echo a message back", false)]
    [InlineData("create a branch", false)]
    public async Task Confidence_ExactMatchInATinyCatalogue_IsNotDoubted(string need, bool withEncoder) =>
        (await ConfidenceAsync(need, withEncoder)).Should().BeGreaterThan(Bar);

    [Theory]
    [InlineData("asdf qwer zxcv", true)]
    [InlineData("book a table for two at an Italian restaurant", true)]
    [InlineData("how are my shares doing on the stock market", true)]
    [InlineData("will it rain in Lisbon tomorrow", true)]
    [InlineData("asdf qwer zxcv", false)]
    [InlineData("book a table for two at an Italian restaurant", false)]
    [InlineData("will it rain in Lisbon tomorrow", false)]
    public async Task Confidence_NothingServesTheNeed_IsDoubted(string need, bool withEncoder) =>
        (await ConfidenceAsync(need, withEncoder)).Should().BeLessThan(Bar);

    private static EvaluationTool Tool(string server, string name, string description) => new($"{server}/{name}", server, name, null, description, null);

    private static async Task<double> ConfidenceAsync(string need, bool withEncoder)
    {
        using IEmbeddingGenerator<string, Embedding<float>>? generator = withEncoder ? new BuiltInEmbeddingGenerator() : null;
        ToolIndexHolder holder = new(new SearchSettings());
        holder.Apply(new IndexChange { Upserted = await SetIndex.CreateAsync(Catalogue, generator) });
        return (await new ToolSearchService(holder, generator: generator).SearchAsync(new ToolQuery { Description = need })).Confidence;
    }
}
