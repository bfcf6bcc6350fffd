using System.Text;
using Fleet.Metadata.Clients.Files;

namespace Fleet.Metadata.Clients.Git;

/// <summary>The folders in which git keeps a repository.</summary>
/// <param name="Own">Holds HEAD and whatever belongs to this work tree.</param>
/// <param name="Common">Holds references, objects and configuration; the same as <paramref name="Own"/> except in a linked work tree.</param>
/// <param name="WorkTree">The files; null when the folder found is the repository itself.</param>
internal sealed record GitDirectory(string Own, string Common, string? WorkTree)
{
    private const string LinkPrefix = "gitdir:";
    private const int MaxLinkBytes = 16 * 1024;

    /// <summary>The repository that holds the folder; null when none does.</summary>
    public static GitDirectory? Find(string folder)
    {
        for (DirectoryInfo? at = new(Path.GetFullPath(folder)); at is not null; at = at.Parent)
        {
            string git = Path.Combine(at.FullName, ".git");
            string? own = Directory.Exists(git) ? git : Follow(git, at.FullName);
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
        Path.Exists(Path.Combine(folder, "HEAD"))
        && (File.Exists(Path.Combine(folder, "commondir"))
            || (Directory.Exists(Path.Combine(folder, "objects")) && Directory.Exists(Path.Combine(folder, "refs"))));

    private static string? Follow(string link, string from)
    {
        string? text = ReadLine(link);
        return text is not null && text.StartsWith(LinkPrefix, StringComparison.Ordinal)
            ? Path.GetFullPath(text[LinkPrefix.Length..].Trim(), from)
            : null;
    }

    private static string CommonOf(string own) =>
        ReadLine(Path.Combine(own, "commondir")) is { Length: > 0 } common ? Path.GetFullPath(common, own) : own;

    private static string? ReadLine(string path) =>
        BoundedFile.Read(path, MaxLinkBytes) is { } bytes ? Encoding.UTF8.GetString(bytes).TrimEnd('\r', '\n') : null;
}
