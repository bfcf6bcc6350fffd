using System.Runtime.CompilerServices;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Tools;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Extensions.AI;

/// <summary>Adds the optimizer's functions to each request. They are made anew each time: what a caller can see decides which there are.</summary>
internal sealed class OptimizerChatClient(IChatClient inner, IOptimizerFunctions functions, Func<ChatOptions?, CallerIdentity> callers) : DelegatingChatClient(inner)
{
    private readonly ConversationSessions _sessions = new();

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> said = [.. messages];
        CallerIdentity caller = CallerOf(said, options);
        ChatResponse response = await base.GetResponseAsync(said, WithFunctions(options, caller), cancellationToken).ConfigureAwait(false);
        _sessions.Remember(response.ConversationId, caller.SessionId!);
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> said = [.. messages];
        CallerIdentity caller = CallerOf(said, options);
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(said, WithFunctions(options, caller), cancellationToken).ConfigureAwait(false))
        {
            _sessions.Remember(update.ConversationId, caller.SessionId!);
            yield return update;
        }
    }

    private CallerIdentity CallerOf(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        CallerIdentity caller = callers(options) ?? throw new InvalidOperationException(
            "The function that tells the caller of a chat request returned null; return CallerIdentity.Anonymous for nobody in particular.");
        return caller.SessionId is not null ? caller : caller with { SessionId = _sessions.Of(messages, options?.ConversationId) };
    }

    private ChatOptions WithFunctions(ChatOptions? options, CallerIdentity caller)
    {
        ChatOptions offering = options?.Clone() ?? new();
        IList<AITool> own = options?.Tools ?? [];
        HashSet<string> taken = new(own.Select(tool => tool.Name), StringComparer.Ordinal);
        offering.Tools = [.. own, .. functions.Create(caller).Where(function => !taken.Contains(function.Name))];
        return offering;
    }
}
