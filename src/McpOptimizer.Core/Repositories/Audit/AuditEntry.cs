using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core.Repositories.Audit;

/// <summary>One line of an audit file: a call, or a note that some were lost.</summary>
/// <param name="At">When the call began, or the note was made.</param>
/// <param name="Call">The call; null for a note. Its session is the beginning of a hash, and names are as they can be shown.</param>
/// <param name="Lost">For a note, how many calls could not be recorded before it; else 0.</param>
/// <param name="Json">The line as it stands in the file: ASCII.</param>
public sealed record AuditEntry(DateTimeOffset At, CallAuditRecord? Call, long Lost, string Json);
