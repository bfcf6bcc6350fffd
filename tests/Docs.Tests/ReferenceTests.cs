using System.Text.RegularExpressions;
using Shared.Conventions;

namespace Docs.Tests;

/// <summary>What pages say of the code is what the code says.</summary>
public sealed partial class ReferenceTests
{
    private static readonly string Root = SourceConvention.RepositoryRoot();

    [Fact]
    public void Configuration_IsWhatTheOptionClassesSay()
    {
        string file = Path.Combine(Root, "docs", "configuration.md");
        string page = ConfigurationReference.Write();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, page);
        }

        File.ReadAllText(file).ReplaceLineEndings("\n").Should().Be(page, "a setting was changed: run the tests once with UPDATE_DOCS=1 and commit the difference");
    }

    [Fact]
    public void Configuration_EachSetting_IsDocumented()
    {
        string[] bare = [.. ConfigurationReference.Write().Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.EndsWith("|  |", StringComparison.Ordinal))];

        bare.Should().BeEmpty("a setting without a sentence cannot be set");
    }

    [Fact]
    public void Troubleshooting_EachSentence_IsOneThatTheProgramsSay()
    {
        string page = File.ReadAllText(Path.Combine(Root, "docs", "troubleshooting.md"));
        string[] sentences = [.. Sentence().Matches(page).Select(match => match.Groups["sentence"].Value)];
        string[] sources =
        [
            .. new[] { "src", "samples" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)).Select(file => Seam().Replace(File.ReadAllText(file), "")),
        ];

        string[] unsaid = [.. sentences.Where(sentence => !sources.Any(source => Says(source, sentence)))];

        sentences.Should().HaveCountGreaterThan(30, "the table is read");
        unsaid.Should().BeEmpty("people look for the words that they see");
    }

    [Fact]
    public void Links_LeadToFilesThatAreThere()
    {
        string[] broken =
        [
            .. Page.All.SelectMany(page => Link().Matches(page.Text).Select(match => (page.Path, Target: match.Groups["target"].Value)))
                .Where(link => !link.Target.Contains("://", StringComparison.Ordinal) && !link.Target.StartsWith('#'))
                .Where(link => !Path.Exists(Path.GetFullPath(Path.Combine(Root, Path.GetDirectoryName(link.Path)!, link.Target.Split('#')[0]))))
                .Select(link => $"{link.Path}: {link.Target}"),
        ];

        broken.Should().BeEmpty();
    }

    [Fact]
    public void Index_NamesEachPage()
    {
        string index = File.ReadAllText(Path.Combine(Root, "docs", "README.md"));

        string[] unnamed = [.. Directory.GetFiles(Path.Combine(Root, "docs"), "*.md").Select(file => Path.GetFileName(file)!).Where(name => name != "README.md" && !index.Contains($"({name})", StringComparison.Ordinal))];

        unnamed.Should().BeEmpty("a page that the index does not name is not found");
    }

    [Fact]
    public void Samples_EachProgram_IsShownAsItIs()
    {
        string file = Path.Combine(Root, "samples", "README.md");
        string before = File.ReadAllText(file).ReplaceLineEndings("\n");
        string after = Program().Replace(before, match =>
        {
            string program = File.ReadAllText(Path.Combine(Root, "samples", "ideas", match.Groups["name"].Value, "Program.cs")).ReplaceLineEndings("\n");
            return $"<!-- {match.Groups["name"].Value} -->\n```csharp\n{program}```\n";
        });
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, after);
        }

        Program().Count(before).Should().Be(Directory.GetDirectories(Path.Combine(Root, "samples", "ideas")).Length, "each idea is shown");
        File.ReadAllText(file).ReplaceLineEndings("\n").Should().Be(after, "a program was changed: run the tests once with UPDATE_DOCS=1 and commit the difference");
    }

    // Its literal pieces stand in this order, close together: between them is what the program puts in.
    private static bool Says(string source, string sentence)
    {
        string[] pieces = [.. sentence.Split('…').Where(piece => piece.Trim(' ', '\'', '.').Length > 0)];
        for (int at = source.IndexOf(pieces[0], StringComparison.Ordinal); at >= 0; at = source.IndexOf(pieces[0], at + 1, StringComparison.Ordinal))
        {
            int end = at + pieces[0].Length;
            if (pieces.Skip(1).All(piece => (end = source.IndexOf(piece, end, Math.Min(300, source.Length - end), StringComparison.Ordinal) is >= 0 and int found ? found + piece.Length : -1) >= 0))
            {
                return true;
            }
        }

        return false;
    }

    // The first cell of each row, in backticks.
    [GeneratedRegex("^\\| `(?<sentence>[^`]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Sentence();

    // Where a literal is broken over lines.
    [GeneratedRegex("\"\\s*\\+\\s*\\$?\"")]
    private static partial Regex Seam();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("<!-- (?<name>[A-Za-z]+) -->\n```csharp\n.*?^```\n", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Program();
}
