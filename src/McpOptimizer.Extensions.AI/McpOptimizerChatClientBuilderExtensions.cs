using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Tools;
using McpOptimizer.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

#pragma warning disable IDE0130 // Where applications look for what a chat client can do.
namespace Microsoft.Extensions.AI;
#pragma warning restore IDE0130

/// <summary>Puts the optimizer into a chat client's pipeline.</summary>
public static class McpOptimizerChatClientBuilderExtensions
{
    /// <summary>
    /// Offers <c>find_tool</c>, <c>call_tool</c> and the optimizer's other tools with every request, beside the request's own tools; one of the request's own with
    /// the same name stays. The functions run in the pipeline's <see cref="FunctionInvokingChatClient"/>: put <c>UseFunctionInvocation</c> after this to set it up;
    /// without one further in, one with its defaults is added. A conversation is one session over all its turns: it is known by
    /// <see cref="CallerIdentity.SessionId"/>, else by <see cref="ChatOptions.ConversationId"/>, else by the message objects of its earlier turns.
    /// </summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="caller">Whose profile, limits and credentials count in every request; null for nobody in particular, who sees what whoever runs this process sees.</param>
    /// <param name="functions">The functions; null takes them from the services that the pipeline is built with (<c>AddMcpOptimizer</c>).</param>
    /// <exception cref="InvalidOperationException">Thrown by <c>Build</c>: no functions were given, and there are none among the services.</exception>
    public static ChatClientBuilder UseMcpOptimizer(this ChatClientBuilder builder, CallerIdentity? caller = null, IOptimizerFunctions? functions = null)
    {
        CallerIdentity always = caller ?? CallerIdentity.Anonymous;
        return builder.UseMcpOptimizer(_ => always, functions);
    }

    /// <summary>
    /// As <see cref="UseMcpOptimizer(ChatClientBuilder, CallerIdentity?, IOptimizerFunctions?)"/>, for a client that serves many callers: each request is asked whose it is.
    /// </summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="caller">Tells the caller of a request, from its options or from the surroundings. What it throws fails the request, and so does null.</param>
    /// <param name="functions">The functions; null takes them from the services that the pipeline is built with (<c>AddMcpOptimizer</c>).</param>
    /// <exception cref="InvalidOperationException">Thrown by <c>Build</c>: no functions were given, and there are none among the services.</exception>
    public static ChatClientBuilder UseMcpOptimizer(this ChatClientBuilder builder, Func<ChatOptions?, CallerIdentity> caller, IOptimizerFunctions? functions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(caller);
        return builder.Use((inner, services) =>
        {
            IOptimizerFunctions offered = functions ?? services.GetService<IOptimizerFunctions>() ?? throw new InvalidOperationException(
                "There is no IOptimizerFunctions among the services that the chat client is built with: register AddMcpOptimizer and hand the services to Build, or pass the functions to UseMcpOptimizer.");

            // Further out it would not know the functions: it looks for them in the options that it was handed itself.
            IChatClient invoking = inner.GetService<FunctionInvokingChatClient>() is null
                ? new FunctionInvokingChatClient(inner, services.GetService<ILoggerFactory>(), services)
                : inner;
            return new OptimizerChatClient(invoking, offered, caller);
        });
    }

    /// <summary>
    /// Sends with each request only the best of its own tools for what the user said last, with the ranking of <c>find_tool</c>: for applications that have all their tools
    /// in the process. Put it after <c>UseFunctionInvocation</c>, which then still knows all of them. The optimizer's functions always stay.
    /// </summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="reducer">Chooses; null takes the one of the services that the pipeline is built with (<c>AddMcpOptimizer</c>), else one that keeps 8 tools by words alone.</param>
    public static ChatClientBuilder UseToolReduction(this ChatClientBuilder builder, ToolReducer? reducer = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) => new ToolReducingChatClient(inner, reducer ?? services.GetService<ToolReducer>() ?? new ToolReducer()));
    }
}
