using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Ideas;

/// <summary>Stands for a language model, so that the ideas run without a key: one line of the script for each request.</summary>
internal sealed class ScriptedModel(params Func<object?, AIContent>[] script) : IChatClient
{
    private int _next;

    /// <summary>A function that the model wants called.</summary>
    public static AIContent Call(string function, Dictionary<string, object?> arguments) => new FunctionCallContent(Guid.NewGuid().ToString("N"), function, arguments);

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        object? lastResult = messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().LastOrDefault()?.Result;
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [script[_next++](lastResult)])));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
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
