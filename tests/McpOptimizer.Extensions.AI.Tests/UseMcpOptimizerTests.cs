using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Shared.Chat;

namespace McpOptimizer.Extensions.AI.Tests;

public sealed class UseMcpOptimizerTests : IAsyncLifetime
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
    public async Task Pipeline_FindsAndCallsATool(bool streaming)
    {
        using ScriptedChatClient model = FindAndEcho();
        using IChatClient client = model.AsBuilder().UseMcpOptimizer().UseFunctionInvocation().Build(_optimizer.Services);

        string answer = streaming
            ? (await client.GetStreamingResponseAsync("Echo hello.").ToChatResponseAsync()).Text
            : (await client.GetResponseAsync("Echo hello.")).Text;

        answer.Should().EndWith("It said hello.");
        _optimizer.Backend.Server.Calls("echo").Should().Be(1);
        model.OfferedTools[0].Should().Contain(["find_tool", "call_tool", "read_result"]);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task FunctionInvocation_FurtherOutOrNone_EachFunctionRunsOnce(bool around, bool streaming)
    {
        int asked = 0;
        AIFunction own = AIFunctionFactory.Create(() => ++asked, "count_own", "Counts.");
        using ScriptedChatClient model = new(
            (_, _) => ScriptedChatClient.Call("count_own", new { }),
            (_, _) => ScriptedChatClient.Call("call_tool", new { server_name = "web", tool_name = "echo", parameters = new { text = "hello" } }),
            (messages, _) => new TextContent($"It said {ScriptedChatClient.LastResult(messages)}."));
        ChatClientBuilder builder = model.AsBuilder();
        using IChatClient client = (around ? builder.UseFunctionInvocation().UseMcpOptimizer() : builder.UseMcpOptimizer()).Build(_optimizer.Services);
        ChatOptions options = new() { Tools = [own] };

        string answer = streaming
            ? (await client.GetStreamingResponseAsync("Echo hello.", options).ToChatResponseAsync()).Text
            : (await client.GetResponseAsync("Echo hello.", options)).Text;

        answer.Should().EndWith("It said hello.");
        asked.Should().Be(1);
        _optimizer.Backend.Server.Calls("echo").Should().Be(1);
        options.Tools.Should().Equal(own);
    }

    [Fact]
    public async Task Conversation_ReadsInALaterTurnWhatAnEarlierOneCut_AndNoOtherDoes()
    {
        using ScriptedChatClient model = new(
            (_, _) => Flood(),
            (_, _) => new TextContent("Cut."),
            (messages, _) => ReadOn(messages),
            (messages, _) => new TextContent($"{ScriptedChatClient.LastResult(messages)}"),
            (messages, _) => ReadOn(messages),
            (messages, _) => new TextContent($"{ScriptedChatClient.LastResult(messages)}"));
        using IChatClient client = model.AsBuilder().UseMcpOptimizer().Build(_optimizer.Services);

        List<ChatMessage> conversation = [new(ChatRole.User, "Flood me.")];
        conversation.AddRange((await client.GetResponseAsync(conversation)).Messages);
        conversation.Add(new(ChatRole.User, "Read on."));
        string read = (await client.GetResponseAsync(conversation)).Messages[^1].Text;

        // The same words, said by somebody else.
        List<ChatMessage> stolen = [.. conversation.Select(message => new ChatMessage(message.Role, [.. message.Contents]))];
        string refused = (await client.GetResponseAsync(stolen)).Messages[^1].Text;

        read.Should().Be(new string('x', 10));
        refused.Should().StartWith("Error: There is no result");
    }

    [Fact]
    public async Task Conversation_KeptByTheService_IsOneSession()
    {
        string handle = "";
        using ScriptedChatClient model = new(
            (_, _) => Flood(),
            (messages, _) =>
            {
                handle = HandleIn(ScriptedChatClient.LastResult(messages)!);
                return new TextContent("Cut.");
            },
            (_, _) => ScriptedChatClient.Call("read_result", new { handle, offset = 4_990 }),
            (messages, _) => new TextContent($"{ScriptedChatClient.LastResult(messages)}"));
        using IChatClient client = model.AsBuilder().UseMcpOptimizer().Use(inner => new StatefulService(inner)).Build(_optimizer.Services);

        ChatResponse first = await client.GetResponseAsync("Flood me.");
        ChatResponse second = await client.GetResponseAsync("Read on.", new ChatOptions { ConversationId = first.ConversationId });

        first.ConversationId.Should().NotBeNull();
        second.Messages[^1].Text.Should().Be(new string('x', 10));
    }

    [Fact]
    public async Task Caller_OfEachRequest_DecidesWhatIsSeen()
    {
        CallerIdentity now = new() { Profile = "pid-only", Subject = "ada" };
        using ScriptedChatClient model = new(
            (_, _) => ScriptedChatClient.Call("list_tools", new { }),
            (messages, _) => new TextContent($"{ScriptedChatClient.LastResult(messages)}"),
            (_, _) => ScriptedChatClient.Call("list_tools", new { }),
            (messages, _) => new TextContent($"{ScriptedChatClient.LastResult(messages)}"));
        using IChatClient client = model.AsBuilder().UseMcpOptimizer(_ => now, _optimizer.Functions).UseFunctionInvocation().Build();

        string narrow = (await client.GetResponseAsync("What is there?")).Text;
        now = new CallerIdentity { Subject = "bob" };
        string wide = (await client.GetResponseAsync("What is there?")).Text;

        narrow.Should().Contain("\"pid\"").And.NotContain("\"echo\"");
        wide.Should().Contain("\"echo\"");
    }

    [Fact]
    public async Task OwnToolOfTheSameName_Stays()
    {
        AIFunction own = AIFunctionFactory.Create(() => "mine", "find_tool", "The application's own.");
        using ScriptedChatClient model = new((_, _) => ScriptedChatClient.Call("find_tool", new { }), (messages, _) => new TextContent($"{ScriptedChatClient.LastResult(messages)}"));
        using IChatClient client = model.AsBuilder().UseMcpOptimizer().Build(_optimizer.Services);

        ChatResponse response = await client.GetResponseAsync("Find.", new ChatOptions { Tools = [own] });

        response.Text.Should().EndWith("mine");
        model.OfferedTools[0].Should().ContainSingle(name => name == "find_tool");
    }

    [Fact]
    public async Task Build_NoFunctions_SaysWhatIsMissing()
    {
        using ScriptedChatClient model = new();
        Action build = () => model.AsBuilder().UseMcpOptimizer().Build();
        using IChatClient nobody = model.AsBuilder().UseMcpOptimizer(_ => null!, _optimizer.Functions).Build();
        Func<Task> ask = () => nobody.GetResponseAsync("Find.");

        build.Should().Throw<InvalidOperationException>().WithMessage("*AddMcpOptimizer*");
        (await ask.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*CallerIdentity.Anonymous*");
        model.OfferedTools.Should().BeEmpty("nothing is asked for a caller that nobody knows");
    }

    [Fact]
    public async Task ToolReduction_DropsOwnTools_AndKeepsTheOptimizers()
    {
        AITool[] own = [.. Enumerable.Range(1, 30).Select(i => AIFunctionFactory.Create((string input) => input, $"paint_{i}", $"Paints the wall number {i}."))];
        AIFunction weather = AIFunctionFactory.Create((string city) => "sun", "get_weather", "Current weather of a city.");
        using ScriptedChatClient model = new((_, _) => ScriptedChatClient.Call("get_weather", new { city = "Oslo" }), (messages, _) => new TextContent($"{ScriptedChatClient.LastResult(messages)}"));
        using IChatClient client = model.AsBuilder().UseMcpOptimizer().UseFunctionInvocation().UseToolReduction(new ToolReducer(3)).Build(_optimizer.Services);

        ChatResponse response = await client.GetResponseAsync("What is the weather in Oslo?", new ChatOptions { Tools = [.. own, weather] });

        response.Text.Should().EndWith("sun");
        model.OfferedTools[0].Should().Contain(["get_weather", "find_tool", "call_tool", "read_result"]);
        model.OfferedTools[0].Count(name => name.StartsWith("paint_", StringComparison.Ordinal)).Should().BeLessThan(3);
    }

    [Fact]
    public async Task ToolReduction_NoReducer_TakesTheServicesOne()
    {
        AITool[] own = [.. Enumerable.Range(1, 30).Select(i => AIFunctionFactory.Create((string input) => input, $"paint_{i}", $"Paints the wall number {i}."))];
        using ScriptedChatClient model = new((_, _) => new TextContent("done"), (_, _) => new TextContent("done"));
        ServiceCollection services = new();
        services.AddSingleton(new ToolReducer(2));
        using ServiceProvider provider = services.BuildServiceProvider();

        await model.AsBuilder().UseToolReduction().Build(provider).GetResponseAsync("Paint.", new ChatOptions { Tools = [.. own] });
        await model.AsBuilder().UseToolReduction().Build().GetResponseAsync("Paint.", new ChatOptions { Tools = [.. own] });

        model.OfferedTools.Select(names => names.Length).Should().Equal(2, 8);
    }

    private static ScriptedChatClient FindAndEcho() => new(
        (_, _) => ScriptedChatClient.Call("find_tool", new { tool_description = "echo a text back" }),
        (messages, _) =>
        {
            JsonElement best = ((JsonElement)ScriptedChatClient.LastResult(messages)!).GetProperty("tools")[0];
            return ScriptedChatClient.Call("call_tool", new { server_name = best.GetProperty("mcp_server_name"), tool_name = best.GetProperty("name"), parameters = new { text = "hello" } });
        },
        (messages, _) => new TextContent($"It said {ScriptedChatClient.LastResult(messages)}."));

    private static FunctionCallContent Flood() => ScriptedChatClient.Call("call_tool", new { server_name = "web", tool_name = "flood", parameters = new { bytes = 5_000 } });

    private static FunctionCallContent ReadOn(IReadOnlyList<ChatMessage> messages)
    {
        string cut = messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => $"{result.Result}").First(text => text.Contains("handle \"", StringComparison.Ordinal));
        return ScriptedChatClient.Call("read_result", new { handle = HandleIn(cut), offset = 4_990 });
    }

    private static string HandleIn(object result)
    {
        string text = result.ToString()!;
        return text[(text.IndexOf("handle \"", StringComparison.Ordinal) + 8)..].Split('"')[0];
    }

    /// <summary>Keeps the history itself, under an id that changes with each answer.</summary>
    private sealed class StatefulService(IChatClient inner) : DelegatingChatClient(inner)
    {
        private int _answers;

        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            ChatResponse response = await base.GetResponseAsync(messages, options, cancellationToken);
            response.ConversationId = $"response-{++_answers}";
            return response;
        }
    }
}
