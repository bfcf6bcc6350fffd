using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

/// <summary>One repository's answer about a branch.</summary>
/// <param name="EntityTag">Stands for the answer when asking again; null when the forge gave none.</param>
/// <param name="PullRequest">Null: it has none.</param>
internal sealed record ForgeAnswer(string? EntityTag, PullRequest? PullRequest);
