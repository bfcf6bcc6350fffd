using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Shared.Chat;

/// <summary>A model that says what a test tells it to, and keeps what it was asked with.</summary>
public sealed class ScriptedChatClient(params Func<IReadOnlyList<ChatMessage>, ChatOptions?, AIContent>[] script) : IChatClient
{
    /// <summary>The names of the tools that came with each request.</summary>
    public IList<string[]> OfferedTools { get; } = [];

    /// <summary>Runs the conversation to its end, the way FunctionInvokingChatClient does.</summary>
    public static async Task<List<ChatMessage>> ConverseAsync(IChatClient client, string need, IReadOnlyList<AITool> tools)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(tools);
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

    /// <summary>A call of a function, as a model asks for it.</summary>
    public static FunctionCallContent Call(string tool, object arguments) =>
        new(Guid.NewGuid().ToString("N"), tool, JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value));

    /// <summary>What the last function answered.</summary>
    public static object? LastResult(IEnumerable<ChatMessage> messages) => messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Last().Result;

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        OfferedTools.Add([.. (options?.Tools ?? []).Select(tool => tool.Name)]);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [script[OfferedTools.Count - 1]([.. messages], options)])));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
