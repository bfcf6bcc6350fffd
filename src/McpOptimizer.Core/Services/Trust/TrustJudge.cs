using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Definitions;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>
/// The state machine of trust: compares what a server has with what is recorded of it. The first complete listing of each kind is the baseline; what
/// comes later, and what changes, waits for approval. No I/O, so that it runs inside the transaction that read the entries.
/// </summary>
internal sealed class TrustJudge(TrustRules rules, TimeProvider clock)
{
    /// <summary>Hash of a server's instructions.</summary>
    public static string HashInstructions(string text) => ToolHasher.HashParts(text);

    /// <summary>Judges one server.</summary>
    /// <param name="input">What it has.</param>
    /// <param name="entries">What is recorded of this server.</param>
    /// <param name="writer">Name of this optimizer in the log.</param>
    public TrustVerdict Judge(TrustInput input, IReadOnlyList<TrustEntry> entries, string writer) => rules.PolicyOf(input.ServerName) == TrustPolicy.Off
        ? TrustVerdict.Everything
        : new TrustJudgement(input, entries, rules, clock.GetUtcNow(), writer).Judge();
}
