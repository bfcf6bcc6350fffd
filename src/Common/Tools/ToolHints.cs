namespace Common.Tools;

/// <summary>What a tool does to the world; null says nothing.</summary>
/// <param name="ReadOnly">Whether it changes nothing.</param>
/// <param name="Destructive">Whether it may take something away.</param>
/// <param name="Idempotent">Whether a second call like the first changes nothing more.</param>
/// <param name="OpenWorld">Whether it reaches beyond what is at hand.</param>
internal sealed record ToolHints(bool? ReadOnly = null, bool? Destructive = null, bool? Idempotent = null, bool? OpenWorld = null);
