using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

internal interface IGitRepository
{
    /// <summary>What the files of the repository say; null when the workspace is in none.</summary>
    /// <exception cref="IOException">A file of the repository cannot be read.</exception>
    GitHead? ReadHead();

    /// <summary>The same with what only git can read.</summary>
    /// <exception cref="IOException">git is missing, failed or refused; the message says why.</exception>
    Task<GitHead> CompleteAsync(GitHead head, CancellationToken cancellationToken);

    /// <summary>What git says about the repository, and about one of its branches.</summary>
    /// <exception cref="IOException">git is missing, failed or refused; the message says why.</exception>
    Task<GitConfiguration> ReadConfigurationAsync(string? branch, CancellationToken cancellationToken);

    /// <summary>What git says about the work tree, as it is now.</summary>
    /// <exception cref="IOException">git is missing, failed or refused; the message says why.</exception>
    Task<GitStatus> ReadStatusAsync(CancellationToken cancellationToken);

    /// <summary>The message of a commit; null when it cannot be read.</summary>
    /// <exception cref="IOException">git is missing, failed or refused; the message says why.</exception>
    Task<string?> ReadMessageAsync(string commit, CancellationToken cancellationToken);
}
