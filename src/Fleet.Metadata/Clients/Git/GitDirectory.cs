using System.Text;
using Fleet.Metadata.Clients.Files;

namespace Fleet.Metadata.Clients.Git;

/// <summary>The folders in which git keeps a repository.</summary>
/// <param name="Own">Holds HEAD and whatever belongs to this work tree.</param>
/// <param name="Common">Holds references, objects and configuration; the same as <paramref name="Own"/> except in a linked work tree.</param>
/// <param name="WorkTree">The files; null when there are none, or the folder asked about is inside of the repository itself.</param>
internal sealed record GitDirectory(string Own, string Common, string? WorkTree)
{
    private const string LinkPrefix = "gitdir:";
    private const int MaxLinkBytes = 16 * 1024;

    /// <summary>
    /// The repository that holds the folder, found without git; null when none does. Only for reading: a git that is run is told what git itself found.
    /// </summary>
    public static GitDirectory? Find(string folder)
    {
        if (PhysicalPath.Of(folder) is not { } physical)
        {
            return null;
        }

        for (DirectoryInfo? at = new(physical); at is not null; at = at.Parent)
        {
            string git = Path.Combine(at.FullName, ".git");
            string? own = Directory.Exists(git) ? PhysicalPath.Of(git) : Follow(git, at.FullName);
            if (own is not null && IsRepository(own))
            {
                return new GitDirectory(own, CommonOf(own), at.FullName);
            }

            if (IsRepository(at.FullName))
            {
                return new GitDirectory(at.FullName, CommonOf(at.FullName), null);
            }
        }

        return null;
    }

    private static bool IsRepository(string folder) =>
        new FileInfo(Path.Combine(folder, "HEAD")) is { Exists: true } or { LinkTarget: not null }
        && (File.Exists(Path.Combine(folder, "commondir"))
            || (Directory.Exists(Path.Combine(folder, "objects")) && Directory.Exists(Path.Combine(folder, "refs"))));

    private static string? Follow(string link, string from) =>
        ReadLine(link) is { } text && text.StartsWith(LinkPrefix, StringComparison.Ordinal)
            ? PhysicalPath.Of(Path.Combine(from, text[LinkPrefix.Length..].Trim()))
            : null;

    private static string CommonOf(string own) =>
        ReadLine(Path.Combine(own, "commondir")) is { Length: > 0 } common && PhysicalPath.Of(Path.Combine(own, common)) is { } folder ? folder : own;

    private static string? ReadLine(string path)
    {
        try
        {
            return BoundedFile.Read(path, MaxLinkBytes) is { } bytes ? Encoding.UTF8.GetString(bytes).TrimEnd('\r', '\n') : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A folder, a pipe or a socket of this name is no link.
            return null;
        }
    }
}
