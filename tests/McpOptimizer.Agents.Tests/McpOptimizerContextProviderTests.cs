using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Extensions.AI.Tests;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Shared.Chat;

namespace McpOptimizer.Agents.Tests;

/// <summary>The provider in the framework's own agent, with a model that says what the test tells it to.</summary>
public sealed class McpOptimizerContextProviderTests : IAsyncLifetime
{
    private RunningOptimizer _optimizer = null!;

    public async Task InitializeAsync() => _optimizer = await RunningOptimizer.StartAsync(options =>
    {
        options.Responses.MaxTokens = 100;
        options.Profiles["pid-only"] = new ProfileSettings { AllowTools = ["web/pid"] };
    });

    public async Task DisposeAsync() => await _optimizer.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Agent_FindsAndCallsATool(bool streaming)
    {
        string? told = null;
        using ScriptedChatClient model = new(
            (_, options) =>
            {
                told = options?.Instructions;
                return ScriptedChatClient.Call("find_tool", new { tool_description = "echo a text back" });
            },
            (messages, _) =>
            {
                JsonElement best = ((JsonElement)ScriptedChatClient.LastResult(messages)!).GetProperty("tools")[0];
                return ScriptedChatClient.Call("call_tool", new { server_name = best.GetProperty("mcp_server_name"), tool_name = best.GetProperty("name"), parameters = new { text = "hello" } });
            },
            (messages, _) => new TextContent($"It said {ScriptedChatClient.LastResult(messages)}."));
        AIAgent agent = AgentOf(model, new McpOptimizerContextProvider(_optimizer.Functions));

        string answer = "";
        if (streaming)
        {
            await foreach (AgentResponseUpdate update in agent.RunStreamingAsync("Echo hello."))
            {
                answer += update.Text;
            }
        }
        else
        {
            answer = (await agent.RunAsync("Echo hello.")).Text;
        }

        answer.Should().EndWith("It said hello.");
        _optimizer.Backend.Server.Calls("echo").Should().Be(1);
        told.Should().StartWith("You are terse.").And.Contain("find_tool");
    }

    [Fact]
    public async Task Session_SerializedBetweenTurns_ReadsOn_AndAnotherDoesNot()
    {
        string handle = "";
        using ScriptedChatClient model = new(
            (_, _) => ScriptedChatClient.Call("call_tool", new { server_name = "web", tool_name = "flood", parameters = new { bytes = 5_000 } }),
            (messages, _) =>
            {
                string text = ScriptedChatClient.LastResult(messages)!.ToString()!;
                handle = text[(text.IndexOf("handle \"", StringComparison.Ordinal) + 8)..].Split('"')[0];
                return new TextContent("Cut.");
            },
            (_, _) => ScriptedChatClient.Call("read_result", new { handle, offset = 4_990 }),
            (messages, _) => new TextContent($"{ScriptedChatClient.LastResult(messages)}"),
            (_, _) => ScriptedChatClient.Call("read_result", new { handle }),
            (messages, _) => new TextContent($"{ScriptedChatClient.LastResult(messages)}"));
        AIAgent agent = AgentOf(model, new McpOptimizerContextProvider(_optimizer.Functions));

        AgentSession session = await agent.CreateSessionAsync();
        await agent.RunAsync("Flood me.", session);
        JsonElement stored = await agent.SerializeSessionAsync(session);
        AgentResponse read = await agent.RunAsync("Read on.", await agent.DeserializeSessionAsync(stored));
        AgentResponse refused = await agent.RunAsync("Read on.", await agent.CreateSessionAsync());

        read.Text.Should().EndWith(new string('x', 10));
        refused.Text.Should().Contain("Error: There is no result");
    }

    [Fact]
    public async Task Caller_OfTheSession_DecidesWhatIsSeen()
    {
        using ScriptedChatClient model = new(
            (_, _) => ScriptedChatClient.Call("list_tools", new { }),
            (messages, _) => new TextContent($"{ScriptedChatClient.LastResult(messages)}"));
        AIAgent agent = AgentOf(model, new McpOptimizerContextProvider(
            _optimizer.Functions, session => new CallerIdentity { Profile = session!.StateBag.GetValue<string>("tenant") }));
        AgentSession session = await agent.CreateSessionAsync();
        session.StateBag.SetValue("tenant", "pid-only");

        AgentResponse answer = await agent.RunAsync("What is there?", session);

        answer.Text.Should().Contain("\"pid\"").And.NotContain("\"echo\"");
    }

    [Fact]
    public async Task CallerUnknown_TheRunFails()
    {
        using ScriptedChatClient model = new();
        AIAgent agent = AgentOf(model, new McpOptimizerContextProvider(_optimizer.Functions, _ => null!));

        Func<Task> run = () => agent.RunAsync("Find.");

        (await run.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*CallerIdentity.Anonymous*");
        model.OfferedTools.Should().BeEmpty();
    }

    [Fact]
    public async Task OwnToolOfTheSameName_Stays_AndInstructionsCanBeLeftOut()
    {
        string? told = "";
        using ScriptedChatClient model = new(
            (_, options) =>
            {
                told = options?.Instructions;
                return ScriptedChatClient.Call("find_tool", new { });
            },
            (messages, _) => new TextContent($"{ScriptedChatClient.LastResult(messages)}"));
        AIFunction own = AIFunctionFactory.Create(() => "mine", "find_tool", "The agent's own.");
        AIAgent agent = AgentOf(model, new McpOptimizerContextProvider(_optimizer.Functions) { Instructions = null }, own);

        AgentResponse answer = await agent.RunAsync("Find.");

        answer.Text.Should().EndWith("mine");
        model.OfferedTools[0].Should().ContainSingle(name => name == "find_tool");
        told.Should().Be("You are terse.");
    }

    private static ChatClientAgent AgentOf(IChatClient model, McpOptimizerContextProvider provider, params AITool[] own) => new(
        model,
        new ChatClientAgentOptions { ChatOptions = new ChatOptions { Instructions = "You are terse.", Tools = own }, AIContextProviders = [provider] });
}
