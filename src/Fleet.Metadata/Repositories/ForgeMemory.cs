using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

/// <summary>What is remembered about one branch on its forge. Guarded by its own lock.</summary>
internal sealed class ForgeMemory
{
    /// <summary>The answer to each question, by the question.</summary>
    public Dictionary<string, ForgeAnswer> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>What is known about each repository that holds the branch, by its path, and when it was learned.</summary>
    public Dictionary<string, (ForgeProject Project, DateTimeOffset At)> Projects { get; } = new(StringComparer.Ordinal);

    /// <summary>What the answers come to; null when none has pull requests.</summary>
    public PullRequest? PullRequest { get; set; }

    /// <summary>When the forge last confirmed the answers; null when it never did.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>The commit that the branch had then: with another one, anything may have changed.</summary>
    public string? Commit { get; set; }

    /// <summary>Why the forge did not answer when it was last asked; null when it did.</summary>
    public string? Fault { get; set; }

    /// <summary>Not asked again before.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>When last used; the least recently used is forgotten first.</summary>
    public DateTimeOffset UsedAt { get; set; }

    /// <summary>The request under way; null when none is.</summary>
    public Task? Refresh { get; set; }
}
