namespace McpOptimizer.Core.Models;

/// <summary>What the optimizer makes of a workload's state. Only <see cref="Running"/> servers are searched and called.</summary>
public enum ServerStatus
{
    /// <summary>Known but not usable now: stopped, starting, or in a state we have no word for. Its tools are kept and hidden.</summary>
    Stopped = 0,

    /// <summary>Up: its tools are found and can be called.</summary>
    Running,

    /// <summary>Up, but its tools could not be embedded or its entry is not valid; the reason is in the log and in <c>/ready</c>.</summary>
    Error,
}
