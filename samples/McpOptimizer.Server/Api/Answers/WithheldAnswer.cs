using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Server.Api.Answers;

/// <summary>A tool that is withheld: its text is in the review alone.</summary>
/// <param name="Server">The server.</param>
/// <param name="DisplayName">As trust names it.</param>
/// <param name="Trust">How it stands.</param>
/// <param name="ChangedAt">Since when.</param>
internal sealed record WithheldAnswer(string Server, string DisplayName, TrustState Trust, DateTimeOffset ChangedAt)
{
    public static WithheldAnswer Of(TrustEntry entry) => new(entry.ServerName, entry.DisplayName, entry.State, entry.ChangedAt);
}
