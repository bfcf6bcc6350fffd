namespace Coder.Client.Models;

/// <summary>What interrupts a coding agent.</summary>
public enum InterruptKey
{
    /// <summary>The escape character, which stops Claude Code and leaves it running.</summary>
    Escape = 0,

    /// <summary>Ctrl-C, for agents that want it; twice in a row it ends Claude Code.</summary>
    ControlC,
}
