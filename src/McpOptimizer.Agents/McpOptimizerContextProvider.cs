using McpOptimizer.Core.Models;
using McpOptimizer.Core.Tools;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Agents;

/// <summary>
/// Gives an agent <c>find_tool</c>, <c>call_tool</c> and the optimizer's other tools in each run, beside the agent's own; one of the agent's own with the same name
/// stays. An <see cref="AgentSession"/> is one session of the optimizer over all its runs, also after it was serialized and read again: what a run stored (results that
/// were cut) is readable in the next ones and in no other session. A run without a session stands alone.
/// </summary>
public sealed class McpOptimizerContextProvider : AIContextProvider
{
    private readonly IOptimizerFunctions _functions;
    private readonly Func<AgentSession?, CallerIdentity> _callers;

    /// <summary>Creates a provider for one caller.</summary>
    /// <param name="functions">The optimizer's functions; <c>AddMcpOptimizer</c> registers them.</param>
    /// <param name="caller">Whose profile, limits and credentials count in every run; null for nobody in particular, who sees what whoever runs this process sees.</param>
    public McpOptimizerContextProvider(IOptimizerFunctions functions, CallerIdentity? caller = null)
        : this(functions, _ => caller ?? CallerIdentity.Anonymous)
    {
    }

    /// <summary>Creates a provider for an agent that serves many callers: each run is asked whose it is.</summary>
    /// <param name="functions">The optimizer's functions; <c>AddMcpOptimizer</c> registers them.</param>
    /// <param name="caller">Tells the caller of a run, from its session or from the surroundings. What it throws fails the run, and so does null.</param>
    public McpOptimizerContextProvider(IOptimizerFunctions functions, Func<AgentSession?, CallerIdentity> caller)
    {
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(caller);
        _functions = functions;
        _callers = caller;
    }

    /// <summary>What the agent is told about the tools, added to its own instructions.</summary>
    /// <value>Two sentences: find a tool before you say that something cannot be done. Empty or null for none.</value>
    public string? Instructions { get; init; } = "More tools than those listed can be found with find_tool and run with call_tool. Look there before you say that something cannot be done.";

    private string SessionKey => StateKeys[0];

    /// <summary>The functions and the instructions for one run.</summary>
    /// <param name="context">The run.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    protected override ValueTask<AIContext> ProvideAIContextAsync(InvokingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        CallerIdentity caller = _callers(context.Session) ?? throw new InvalidOperationException(
            "The function that tells the caller of an agent's run returned null; return CallerIdentity.Anonymous for nobody in particular.");
        HashSet<string> taken = new((context.AIContext.Tools ?? []).Select(tool => tool.Name), StringComparer.Ordinal);
        IEnumerable<AITool> offered = _functions.Create(caller with { SessionId = caller.SessionId ?? SessionOf(context.Session) }).Where(function => !taken.Contains(function.Name));
        return ValueTask.FromResult(new AIContext { Instructions = string.IsNullOrEmpty(Instructions) ? null : Instructions, Tools = [.. offered] });
    }

    // Kept in the agent's session itself: it is stored and comes back with it.
    private string SessionOf(AgentSession? session)
    {
        if (session?.StateBag.TryGetValue(SessionKey, out string? kept) == true && !string.IsNullOrEmpty(kept))
        {
            return kept;
        }

        string made = "agent-" + Guid.NewGuid().ToString("N");
        session?.StateBag.SetValue(SessionKey, made);
        return made;
    }
}
