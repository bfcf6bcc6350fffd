using System.Text.Json;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>A caller's reply to a question, on its way to the replica whose call asked it.</summary>
/// <param name="Owner">The replica whose call asked.</param>
/// <param name="State">The state under which the call waits there.</param>
/// <param name="Caller">Who replies: the replica that has the call checks that he made it.</param>
/// <param name="Session">His session; null in the per-request era.</param>
/// <param name="Methods">What he can be asked further.</param>
/// <param name="Answers">What he replied, by the key of the question.</param>
/// <param name="IsWithdrawn">Whether he went away meanwhile: the call is cancelled.</param>
internal sealed record SharedAnswer(
    string Owner, string State, string? Caller, string? Session, IReadOnlyList<string> Methods, IReadOnlyDictionary<string, JsonElement>? Answers, bool IsWithdrawn);
