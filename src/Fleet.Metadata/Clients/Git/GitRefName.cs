namespace Fleet.Metadata.Clients.Git;

/// <summary>What git accepts as the name of a reference (<c>git check-ref-format</c>). Text that is none is not published: it may come from any file.</summary>
internal static class GitRefName
{
    private const string Forbidden = " ~^:?*[\\";

    public static bool IsValid(string name) =>
        name.Length > 0
        && name != "@"
        && !name.EndsWith('.')
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.Contains("@{", StringComparison.Ordinal)
        && name.All(letter => letter >= ' ' && letter != '\x7F' && !Forbidden.Contains(letter, StringComparison.Ordinal))
        && Array.TrueForAll(name.Split('/'), part => part.Length > 0 && !part.StartsWith('.') && !part.EndsWith(".lock", StringComparison.Ordinal));
}
