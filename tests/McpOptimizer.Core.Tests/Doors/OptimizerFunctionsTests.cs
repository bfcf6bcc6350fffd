using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Tests.Fixtures;
using McpOptimizer.Core.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Shared.Backends;
using Shared.Chat;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Doors;

public sealed class OptimizerFunctionsTests
{
    [Fact]
    public async Task ChatClient_FindsAndCallsATool()
    {
        await using StubHttpBackend backend = await StubHttpBackend.StartAsync();
        await using HostedOptimizer optimizer = await StartAsync(backend);
        IReadOnlyList<AIFunction> functions = optimizer.Services.GetRequiredService<IOptimizerFunctions>().Create();
        using ScriptedChatClient model = new(
            (_, _) => ScriptedChatClient.Call("find_tool", new { tool_description = "echo a text back" }),
            (messages, _) =>
            {
                JsonElement best = ((JsonElement)ScriptedChatClient.LastResult(messages)!).GetProperty("tools")[0];
                return ScriptedChatClient.Call("call_tool", new { server_name = best.GetProperty("mcp_server_name"), tool_name = best.GetProperty("name"), parameters = new { text = "hello" } });
            },
            (messages, _) => new TextContent($"It said {ScriptedChatClient.LastResult(messages)}."));

        List<ChatMessage> messages = await ScriptedChatClient.ConverseAsync(model, "Echo hello.", functions);

        messages[^1].Text.Should().Be("It said hello.");
        backend.Server.Calls("echo").Should().Be(1);
        optimizer.Audit.Records.Should().ContainSingle(record => record.ToolName == "echo");
        functions.Should().OnlyContain(function => function.JsonSchema.GetProperty("type").GetString() == "object" && function.Description.Length > 0);
        functions.Select(function => function.Name).Should().Contain(["find_tool", "read_result", "find_resource", "get_prompt"]);
    }

    [Fact]
    public async Task Functions_WrongArguments_AnswerAnErrorForTheModel()
    {
        await using StubHttpBackend backend = await StubHttpBackend.StartAsync();
        await using HostedOptimizer optimizer = await StartAsync(backend);
        AIFunction call = optimizer.Services.GetRequiredService<IOptimizerFunctions>().Create().Single(function => function.Name == "call_tool");

        object? answer = await call.InvokeAsync(new AIFunctionArguments { ["server_name"] = "web", ["tool_name"] = "ecko" });

        answer.Should().BeOfType<string>().Which.Should().StartWith("Error: ").And.Contain("'echo'");
    }

    [Fact]
    public async Task Functions_OfACaller_KeepToTheCallersProfile()
    {
        await using StubHttpBackend backend = await StubHttpBackend.StartAsync();
        await using HostedOptimizer optimizer = await StartAsync(backend, options => options.Profiles["pid-only"] = new ProfileSettings { AllowTools = ["web/pid"] });
        IReadOnlyList<AIFunction> functions = optimizer.Services.GetRequiredService<IOptimizerFunctions>().Create(new CallerIdentity { Profile = "pid-only" });

        JsonElement list = (JsonElement)(await functions.Single(function => function.Name == "list_tools").InvokeAsync())!;
        object? refused = await functions.Single(function => function.Name == "call_tool").InvokeAsync(new AIFunctionArguments { ["server_name"] = "web", ["tool_name"] = "echo" });

        list.GetProperty("result").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()).Should().Equal("pid");
        refused.Should().BeOfType<string>().Which.Should().StartWith("Error: ");
        functions.Select(function => function.Name).Should().NotContain(["find_resource", "find_prompt"]);
        backend.Server.Calls("echo").Should().Be(0);
    }

    [Fact]
    public async Task CutResult_IsReadOnByTheSameFunctionsOnly()
    {
        await using StubHttpBackend backend = await StubHttpBackend.StartAsync();
        await using HostedOptimizer optimizer = await StartAsync(backend, options => options.Responses.MaxTokens = 100);
        IOptimizerFunctions functions = optimizer.Services.GetRequiredService<IOptimizerFunctions>();
        IReadOnlyList<AIFunction> mine = functions.Create();

        string cut = (string)(await mine.Single(function => function.Name == "call_tool").InvokeAsync(
            new AIFunctionArguments { ["server_name"] = "web", ["tool_name"] = "flood", ["parameters"] = JsonElement.Parse("""{"bytes":5000}""") }))!;
        string handle = cut[(cut.IndexOf("handle \"", StringComparison.Ordinal) + 8)..].Split('"')[0];
        object? read = await mine.Single(function => function.Name == "read_result").InvokeAsync(new AIFunctionArguments { ["handle"] = handle, ["offset"] = 4_990 });
        object? foreign = await functions.Create().Single(function => function.Name == "read_result").InvokeAsync(new AIFunctionArguments { ["handle"] = handle });

        read.Should().Be(new string('x', 10));
        foreign.Should().BeOfType<string>().Which.Should().StartWith("Error: There is no result");
    }

    private static async Task<HostedOptimizer> StartAsync(StubHttpBackend backend, Action<McpOptimizerOptions>? configure = null)
    {
        HostedOptimizer optimizer = await HostedOptimizer.StartAsync(new Dictionary<string, Uri> { ["web"] = backend.Url }, configure);
        await Eventually.IsAsync(() => optimizer.Services.GetRequiredService<IOptimizerFunctions>().Create().Any(function => function.Name == "find_prompt"));
        return optimizer;
    }
}
