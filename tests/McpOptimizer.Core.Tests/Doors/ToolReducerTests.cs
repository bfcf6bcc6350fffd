using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Tools;
using Microsoft.Extensions.AI;
using Shared.Chat;

namespace McpOptimizer.Core.Tests.Doors;

public sealed class ToolReducerTests
{
    private static readonly AIFunction[] Tools =
    [
        Tool("get_weather", "Current weather of a city."),
        Tool("send_mail", "Sends an e-mail to a person."),
        Tool("create_invoice", "Creates an invoice for a customer."),
        Tool("play_song", "Plays a song."),
        Tool("book_flight", "Books a flight between two airports."),
        Tool("translate_text", "Translates a text into another language."),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ChatClient_SendsOnlyTheBestTools(bool streaming)
    {
        using ScriptedChatClient model = new((_, _) => new TextContent("done"));
        using BuiltInEmbeddingGenerator generator = new();
        using ToolReducingChatClient client = new(model, new ToolReducer(2, generator: generator));
        ChatOptions options = new() { Tools = [.. Tools] };

        if (streaming)
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("What is the weather in Oslo?", options))
            {
            }
        }
        else
        {
            await client.GetResponseAsync("What is the weather in Oslo?", options);
        }

        model.OfferedTools.Single().Should().HaveCount(2).And.Contain("get_weather");
        options.Tools.Should().HaveCount(Tools.Length, "the caller's options are not touched");
    }

    [Fact]
    public async Task Select_KeepsWhatTheChatNeedsBesides()
    {
        HostedWebSearchTool hosted = new();
        List<ChatMessage> messages =
        [
            new(ChatRole.User, "Play a song."),
            new(ChatRole.Assistant, [new FunctionCallContent("1", "play_song")]),
            new(ChatRole.Tool, [new FunctionResultContent("1", "ok")]),
            new(ChatRole.User, "Now send an e-mail to Ada."),
        ];
        ChatOptions options = new() { Tools = [.. Tools, hosted], ToolMode = ChatToolMode.RequireSpecific("book_flight") };

        IEnumerable<AITool> chosen = await new ToolReducer(1).SelectToolsForRequestAsync(messages, options);

        chosen.Should().Equal(Tools[1], Tools[3], Tools[4], hosted);
    }

    [Fact]
    public async Task Select_FewToolsOrNothingSaid_KeepsAll()
    {
        ChatOptions options = new() { Tools = [.. Tools] };

        (await new ToolReducer(6).SelectToolsForRequestAsync([new(ChatRole.User, "weather")], options)).Should().Equal(Tools);
        (await new ToolReducer(1).SelectToolsForRequestAsync([new(ChatRole.System, "Be kind.")], options)).Should().Equal(Tools);
    }

    private static AIFunction Tool(string name, string description) => AIFunctionFactory.Create((string input) => input, name, description);
}
