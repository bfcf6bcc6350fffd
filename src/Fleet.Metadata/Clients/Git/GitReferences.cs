using System.Text;
using Fleet.Metadata.Clients.Files;

namespace Fleet.Metadata.Clients.Git;

/// <summary>Reads HEAD and the references behind it from their files.</summary>
internal sealed class GitReferences(GitDirectory directory)
{
    private const string SymbolicPrefix = "ref:";
    private const string HeadName = "HEAD";
    private const int MaxReferenceBytes = 4096;
    private const int MaxPackedBytes = 256 * 1024 * 1024;
    private const int MaxDepth = 5;

    /// <summary>The reference that HEAD names, such as <c>refs/heads/main</c>; null when it holds a commit itself.</summary>
    public string? ReadHeadTarget()
    {
        string path = Path.Combine(directory.Own, HeadName);

        // Very old repositories have a link instead of a line of text.
        if (new FileInfo(path).LinkTarget is { } target && target.StartsWith("refs/", StringComparison.Ordinal))
        {
            return target;
        }

        return SymbolicTarget(ReadText(path));
    }

    /// <summary>The full hash behind HEAD; null when the branch has no commit yet.</summary>
    public string? ReadHeadCommit() => Resolve(HeadName, 0);

    private string? Resolve(string name, int depth)
    {
        if (depth > MaxDepth || (name != HeadName && !IsSafe(name)))
        {
            return null;
        }

        string folder = name == HeadName || IsPerWorktree(name) ? directory.Own : directory.Common;
        string? text = ReadText(Path.Combine(folder, name));
        if (SymbolicTarget(text) is { } target)
        {
            return Resolve(target, depth + 1);
        }

        return IsHash(text) ? text : ReadPacked(name);
    }

    private string? ReadPacked(string name)
    {
        if (BoundedFile.Read(Path.Combine(directory.Common, "packed-refs"), MaxPackedBytes) is not { } packed)
        {
            return null;
        }

        byte[] needle = Encoding.UTF8.GetBytes($" {name}\n");
        int at = packed.AsSpan().IndexOf(needle);
        if (at < 0)
        {
            return null;
        }

        int start = packed.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        string hash = Encoding.ASCII.GetString(packed, start, at - start);
        return IsHash(hash) ? hash : null;
    }

    // A name is data: it must not lead out of the repository.
    private static bool IsSafe(string name) =>
        name.StartsWith("refs/", StringComparison.Ordinal)
        && !name.Contains('\0', StringComparison.Ordinal)
        && !name.Split('/').Any(part => part is "" or "." or "..");

    private static bool IsPerWorktree(string name) =>
        name.StartsWith("refs/bisect/", StringComparison.Ordinal)
        || name.StartsWith("refs/worktree/", StringComparison.Ordinal)
        || name.StartsWith("refs/rewritten/", StringComparison.Ordinal);

    private static bool IsHash(string? text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigit);

    private static string? SymbolicTarget(string? text) =>
        text is not null && text.StartsWith(SymbolicPrefix, StringComparison.Ordinal) ? text[SymbolicPrefix.Length..].Trim() : null;

    private static string? ReadText(string path)
    {
        try
        {
            return BoundedFile.Read(path, MaxReferenceBytes) is { } bytes ? Encoding.UTF8.GetString(bytes).Trim() : null;
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            // refs/heads/a is a folder when the branch a/b exists; a may still be packed.
            return null;
        }
    }
}
