namespace McpOptimizer.Core.Models.Calls;

/// <summary>A target, or the reason why there is none.</summary>
public sealed class CallTargetResult
{
    private CallTargetResult(CallTarget? target, string? reason)
    {
        Target = target;
        Reason = reason;
    }

    /// <summary>The target; null when there is none.</summary>
    public CallTarget? Target { get; }

    /// <summary>Why there is none, for the caller; null when there is one.</summary>
    public string? Reason { get; }

    /// <summary>A target was found.</summary>
    public static CallTargetResult Found(CallTarget target) => new(target, null);

    /// <summary>None was found.</summary>
    /// <param name="reason">For the caller. It must read the same for a hidden tool and one that does not exist.</param>
    public static CallTargetResult NotFound(string reason) => new(null, reason);
}
