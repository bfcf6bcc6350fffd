using System.Text.RegularExpressions;
using Shared.Conventions;

namespace Docs.Tests;

/// <summary>A page of the documentation, and the blocks of code on it.</summary>
internal sealed partial record Page(string Path, string Text)
{
    /// <summary>What a reader may copy from: the pages of <c>docs</c>, of the samples and of the packages, and those at the root.</summary>
    public static IReadOnlyList<Page> All { get; } = ReadAll();

    /// <summary>The fenced blocks: language (empty for none), content, line of the fence.</summary>
    public IEnumerable<(string Language, string Content, int Line)> Blocks => Fence().Matches(Text)
        .Select(match => (match.Groups["language"].Value, match.Groups["content"].Value, 1 + Text.AsSpan(0, match.Index).Count('\n')));

    /// <summary>The blocks of one language on all pages, with where they stand.</summary>
    public static IEnumerable<(string Place, string Content)> BlocksIn(params string[] languages) =>
        All.SelectMany(page => page.Blocks.Where(block => languages.Contains(block.Language)).Select(block => ($"{page.Path}:{block.Line}", block.Content)));

    private static Page[] ReadAll()
    {
        string root = SourceConvention.RepositoryRoot();
        IEnumerable<string> files = Directory.GetFiles(root, "*.md")
            .Concat(Directory.GetFiles(System.IO.Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(System.IO.Path.Combine(root, "samples"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(System.IO.Path.Combine(root, "src"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(System.IO.Path.Combine(root, "templates"), "README.md", SearchOption.AllDirectories));
        return [.. files.Order(StringComparer.Ordinal).Select(file => new Page(System.IO.Path.GetRelativePath(root, file), File.ReadAllText(file).ReplaceLineEndings("\n")))];
    }

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
