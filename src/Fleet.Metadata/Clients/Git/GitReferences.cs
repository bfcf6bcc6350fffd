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

    /// <summary>The reference that HEAD names, such as <c>refs/heads/main</c>; null when it holds a commit itself, or nothing that git would accept.</summary>
    public string? ReadHeadTarget() => SymbolicTarget(ReadText(HeadName, directory.Own));

    /// <summary>Whether HEAD holds this text, which need not be the name of a reference.</summary>
    public bool HeadIs(string target) => ReadText(HeadName, directory.Own) is { } text && text == $"{SymbolicPrefix} {target}";

    /// <summary>The reference that another one stands for; null when it stands for none.</summary>
    public string? ReadTarget(string name) => IsReference(name) ? SymbolicTarget(ReadText(name, directory.Common)) : null;

    /// <summary>The full hash behind HEAD; null when the branch has no commit yet.</summary>
    public string? ReadHeadCommit() => Resolve(HeadName, 0);

    /// <summary>Whether there is such a reference, loose or packed.</summary>
    public bool Exists(string name) => Resolve(name, 0) is not null;

    private string? Resolve(string name, int depth)
    {
        if (depth > MaxDepth || (name != HeadName && !IsReference(name)))
        {
            return null;
        }

        string? text = ReadText(name, name == HeadName || IsPerWorktree(name) ? directory.Own : directory.Common);
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
    private static bool IsReference(string name) => name.StartsWith("refs/", StringComparison.Ordinal) && GitRefName.IsValid(name);

    private static bool IsPerWorktree(string name) =>
        name.StartsWith("refs/bisect/", StringComparison.Ordinal)
        || name.StartsWith("refs/worktree/", StringComparison.Ordinal)
        || name.StartsWith("refs/rewritten/", StringComparison.Ordinal);

    private static bool IsHash(string? text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigit);

    private static string? SymbolicTarget(string? text) =>
        text is not null && text.StartsWith(SymbolicPrefix, StringComparison.Ordinal) && text[SymbolicPrefix.Length..].Trim() is { } name && IsReference(name)
            ? name
            : null;

    private static string? ReadText(string name, string folder)
    {
        string path = Path.Combine(folder, name);

        // Very old repositories have a link instead of a line of text. Any other link would publish a file that is no reference.
        if (new FileInfo(path).LinkTarget is { } target)
        {
            return IsReference(target) ? SymbolicPrefix + target : null;
        }

        // refs/heads/a is a folder when the branch a/b exists; a may still be packed.
        return !Directory.Exists(path) && BoundedFile.Read(path, MaxReferenceBytes, followLink: false) is { } bytes
            ? Encoding.UTF8.GetString(bytes).Trim()
            : null;
    }
}
