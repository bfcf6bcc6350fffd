using Fleet.Metadata.Clients.Files;

namespace Fleet.Metadata.Clients.Git;

/// <summary>
/// A folder of our own that stands in for the part of a repository that its work trees share: the references and objects are links into the repository, the
/// configuration is ours. A git that is run with it does not open the repository's configuration at all.
/// </summary>
internal sealed class SafeFolder : IDisposable
{
    private const string ConfigName = "config";

    // What git reads there when it only looks. Hooks are not among it.
    private static readonly string[] Linked = ["objects", "refs", "packed-refs", "reftable", "info", "logs", "shallow"];

    private SafeFolder(string fullPath) => FullPath = fullPath;

    /// <summary>For <c>GIT_COMMON_DIR</c>.</summary>
    public string FullPath { get; }

    /// <summary>False when somebody, such as a cleaner of temporary files, took it away.</summary>
    public bool IsThere => File.Exists(Path.Combine(FullPath, ConfigName));

    /// <exception cref="IOException">The folder for temporary files cannot be written, or holds no links.</exception>
    public static async Task<SafeFolder> CreateAsync(string common, byte[] config, CancellationToken cancellationToken)
    {
        // Nobody else may look into it or write to it.
        SafeFolder folder = new(Directory.CreateTempSubdirectory("fleet-metadata-").FullName);
        try
        {
            foreach (string name in Linked)
            {
                File.CreateSymbolicLink(Path.Combine(folder.FullPath, name), Path.Combine(common, name));
            }

            await AtomicFile.WriteAsync(Path.Combine(folder.FullPath, ConfigName), config, cancellationToken).ConfigureAwait(false);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        try
        {
            // Links go, what they lead to stays.
            Directory.Delete(FullPath, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is gone, or will be with the other temporary files.
        }
    }
}
