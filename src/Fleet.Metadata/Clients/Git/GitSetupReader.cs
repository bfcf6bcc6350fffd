using Fleet.Metadata.Clients.Files;

namespace Fleet.Metadata.Clients.Git;

/// <summary>
/// Asks git for its view of the repository, and keeps the answer as long as the files that it comes from are the same. An answer that is old is no danger:
/// git is run with the configuration that we wrote, never with what the files hold by then.
/// </summary>
internal sealed class GitSetupReader(GitCommand git, ProcessEnvironment environment, TimeProvider time) : IDisposable
{
    private const string ModulesName = ".gitmodules";
    private const int MaxFileBytes = 4 * 1024 * 1024;

    // Whatever the files do not show, such as who owns the repository.
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    // An included file is not looked at, so that its changes show by age alone.
    private static readonly TimeSpan MaxAgeWithIncludes = TimeSpan.FromSeconds(1);

    // A git that hangs on the configuration does so again.
    private static readonly TimeSpan FaultAge = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1);
    private GitSetup? _setup;
    private GitDirectory? _source;
    private byte[]?[] _files = [];
    private DateTimeOffset _readAt;
    private string? _fault;
    private SafeFolder? _retired;

    private string? Home => environment.Get("HOME");

    private string? Personal => environment.Get("XDG_CONFIG_HOME") ?? (Home is { } home ? Path.Combine(home, ".config") : null);

    /// <summary>The setup of a repository as it is now.</summary>
    /// <param name="found">Where the repository was found.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">git is missing, failed or refused, or a file is none; the message says why.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public async Task<GitSetup> ReadAsync(GitDirectory found, CancellationToken cancellationToken)
    {
        byte[]?[] files = ReadFiles(found);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            TimeSpan age = time.GetUtcNow() - _readAt;
            bool same = found == _source && files.Length == _files.Length && files.Zip(_files).All(static pair => AreEqual(pair.First, pair.Second));
            if (same && _fault is not null && age < FaultAge)
            {
                throw new IOException(_fault);
            }

            if (same && _setup is { } known && known.Safe.IsThere && age < (known.Config.HasIncludes ? MaxAgeWithIncludes : MaxAge))
            {
                return known;
            }

            Retire();
            (_source, _files, _readAt, _fault) = (found, files, time.GetUtcNow(), null);
            _setup = await AskAsync(files[^1] is not null, cancellationToken).ConfigureAwait(false);
            return _setup;
        }
        catch (OperationCanceledException)
        {
            _fault = "git did not tell the configuration in time.";
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _setup?.Safe.Dispose();
        _retired?.Dispose();
        _gate.Dispose();
    }

    private async Task<GitSetup> AskAsync(bool hasModules, CancellationToken cancellationToken)
    {
        Task<GitConfig> listing = git.ListConfigAsync(cancellationToken);
        (GitDirectory directory, bool isBare) = await git.FindAsync(cancellationToken).ConfigureAwait(false);
        GitConfig config = await listing.ConfigureAwait(false);
        byte[] safe = SafeConfig.Write(config, Home, Personal);
        GitSetup setup = new()
        {
            Directory = directory,
            IsBare = isBare,
            Config = config,
            Safe = await SafeFolder.CreateAsync(directory.Common, safe, cancellationToken).ConfigureAwait(false),
        };
        try
        {
            return setup with
            {
                Remotes = await git.ListRemotesAsync(setup, cancellationToken).ConfigureAwait(false),
                SubmoduleCount = hasModules ? await CountAsync(setup, cancellationToken).ConfigureAwait(false) : 0,
            };
        }
        catch
        {
            setup.Safe.Dispose();
            throw;
        }
    }

    private async Task<int?> CountAsync(GitSetup setup, CancellationToken cancellationToken)
    {
        try
        {
            return setup.Directory.WorkTree is { } workTree
                ? await git.CountSubmodulesAsync(setup, Path.Combine(workTree, ModulesName), cancellationToken).ConfigureAwait(false)
                : 0;
        }
        catch (IOException)
        {
            // A declaration that git refuses costs its count, and git says so to whoever uses submodules.
            return null;
        }
    }

    // Whoever works with the folder of the last setup may end; nobody works with the one before.
    private void Retire()
    {
        if (_setup is { } last)
        {
            _retired?.Dispose();
            (_retired, _setup) = (last.Safe, null);
        }
    }

    // All that git always reads, and the declaration of submodules at the end.
    private byte[]?[] ReadFiles(GitDirectory found) =>
    [
        ReadFile(found.Common, "config"),
        ReadFile(found.Own, "config.worktree"),
        ReadFile(Personal, "git/config"),
        ReadFile(Home, ".gitconfig"),
        ReadFile("/etc", "gitconfig"),
        ReadFile(found.WorkTree, ModulesName),
    ];

    private static byte[]? ReadFile(string? folder, string name)
    {
        if (folder is null || BoundedFile.Read(Path.Combine(folder, name), MaxFileBytes) is not { } bytes)
        {
            return null;
        }

        return bytes.Length < MaxFileBytes ? bytes : throw new IOException($"{Path.Combine(folder, name)} has {MaxFileBytes} bytes or more.");
    }

    private static bool AreEqual(byte[]? one, byte[]? other) =>
        one is null || other is null ? one == other : one.AsSpan().SequenceEqual(other);
}
