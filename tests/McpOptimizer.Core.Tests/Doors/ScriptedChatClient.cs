using System.Text.Json;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Tests.Doors;

/// <summary>A model that says what a test tells it to, and keeps what it was asked with.</summary>
internal sealed class ScriptedChatClient(params Func<IReadOnlyList<ChatMessage>, ChatOptions?, AIContent>[] script) : IChatClient
{
    public List<string[]> OfferedTools { get; } = [];

    /// <summary>Runs the conversation to its end, the way FunctionInvokingChatClient does.</summary>
    public static async Task<List<ChatMessage>> ConverseAsync(IChatClient client, string need, IReadOnlyList<AITool> tools)
    {
        List<ChatMessage> messages = [new(ChatRole.User, need)];
        while (true)
        {
            ChatResponse response = await client.GetResponseAsync(messages, new ChatOptions { Tools = [.. tools] });
            messages.AddRange(response.Messages);
            FunctionCallContent[] calls = [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
            if (calls.Length == 0)
            {
                return messages;
            }

            foreach (FunctionCallContent call in calls)
            {
                AIFunction function = tools.OfType<AIFunction>().Single(tool => tool.Name == call.Name);
                messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, await function.InvokeAsync(new AIFunctionArguments(call.Arguments)))]));
            }
        }
    }

    public static FunctionCallContent Call(string tool, object arguments) =>
        new(Guid.NewGuid().ToString("N"), tool, JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value));

    public static object? LastResult(IEnumerable<ChatMessage> messages) => messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Last().Result;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        OfferedTools.Add([.. (options?.Tools ?? []).Select(tool => tool.Name)]);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [script[OfferedTools.Count - 1]([.. messages], options)])));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
