using System.Runtime.CompilerServices;
using McpOptimizer.Core.Services.Search;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Tools;

/// <summary>
/// Sends with each request only the tools that a <see cref="ToolReducer"/> chooses. Put it inside of what invokes functions, which then still knows all of them.
/// The functions of <see cref="IOptimizerFunctions"/> always stay. The options handed over are not changed.
/// </summary>
/// <param name="inner">The client that gets the requests.</param>
/// <param name="reducer">Chooses.</param>
public sealed class ToolReducingChatClient(IChatClient inner, ToolReducer reducer) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> said = [.. messages];
        return await base.GetResponseAsync(said, await ReduceAsync(said, options, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> said = [.. messages];
        ChatOptions? reduced = await ReduceAsync(said, options, cancellationToken).ConfigureAwait(false);
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(said, reduced, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    private async Task<ChatOptions?> ReduceAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        if (options?.Tools is not { Count: > 0 })
        {
            return options;
        }

        // The optimizer's own functions are the way to everything else: they are neither ranked nor counted.
        ChatOptions reduced = options.Clone();
        reduced.Tools = [.. options.Tools.Where(tool => !IsOptimizer(tool))];
        HashSet<AITool> chosen = [.. await reducer.SelectToolsForRequestAsync(messages, reduced, cancellationToken).ConfigureAwait(false)];
        reduced.Tools = [.. options.Tools.Where(tool => IsOptimizer(tool) || chosen.Contains(tool))];
        return reduced;
    }

    // Also where something was put around it, such as the wish for an approval.
    private static bool IsOptimizer(AITool tool) => tool.GetService<OptimizerFunction>() is not null;
}
