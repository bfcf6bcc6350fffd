using System.Text.RegularExpressions;
using Shared.Conventions;

namespace Common.Tests;

/// <summary>Keeps <c>docs/requirements.md</c> true: what a row names must be there.</summary>
public sealed partial class RequirementsTests
{
    private const string Plainly = "not ";

    private static readonly string Root = SourceConvention.RepositoryRoot();

    private static readonly string[] Rows = ReadRows();

    private static readonly string[] Sources = ReadSources();

    [Fact]
    public void Row_Each_SaysWhatHoldsItOrThatNothingDoes()
    {
        Rows.Should().HaveCountGreaterThan(300, "the table is read");
        Rows.Where(row => !TestName().IsMatch(row) && !Step().IsMatch(row) && !Benchmark().IsMatch(row) && !row.StartsWith(Plainly, StringComparison.Ordinal))
            .Should().BeEmpty("a row names a test, a step of .ci, a benchmark, or says 'not held' or 'not done'");
    }

    [Fact]
    public void Test_EachNamed_IsThere()
    {
        string[] gone = [.. Named(TestName()).Where(name => !IsTest(name.Groups["type"].Value, name.Groups["method"].Value)).Select(name => name.Value)];

        string.Join(", ", gone).Should().BeEmpty("a test that is renamed or gone leaves its requirement unheld");
    }

    [Fact]
    public void StepAndBenchmark_EachNamed_AreThere()
    {
        Named(Step()).Select(step => step.Groups["path"].Value).Where(path => !File.Exists(Path.Combine(Root, path))).Should().BeEmpty();
        Named(Benchmark()).Select(benchmark => benchmark.Groups["name"].Value)
            .Where(name => !Sources.Any(source => source.Contains($"string Name => \"{name}\";", StringComparison.Ordinal))).Should().BeEmpty();
    }

    [Fact]
    public void IsTest_OtherNameOrNoTest_IsNot()
    {
        IsTest(nameof(RequirementsTests), nameof(Test_EachNamed_IsThere)).Should().BeTrue();
        IsTest(nameof(RequirementsTests), nameof(Test_EachNamed_IsThere) + "Not").Should().BeFalse();
        IsTest("OtherTests", nameof(Test_EachNamed_IsThere)).Should().BeFalse();
        IsTest(nameof(RequirementsTests), nameof(ReadRows)).Should().BeFalse("it is no test");
    }

    private static IEnumerable<Match> Named(Regex pattern) => Rows.SelectMany(row => pattern.Matches(row)).DistinctBy(match => match.Value);

    // Between the method and the one before it there must be an attribute that makes it a test.
    private static bool IsTest(string type, string method) => Sources.Where(source => Regex.IsMatch(source, $@"\bclass {type}\b")).Any(source =>
    {
        Match declared = Regex.Match(source, $@"^    \w.* {method}\(", RegexOptions.Multiline);
        if (!declared.Success)
        {
            return false;
        }

        string before = source[..declared.Index];
        Match previous = Member().Match(before);
        return TestAttribute().IsMatch(previous.Success ? before[previous.Index..] : before);
    });

    // The last cell of each line of a table, but for heads and rules.
    private static string[] ReadRows() =>
    [
        .. File.ReadLines(Path.Combine(Root, "docs", "requirements.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.EndsWith("| Held by |", StringComparison.Ordinal))
            .Select(line => line.TrimEnd(' ', '|').Split(" | ")[^1]),
    ];

    private static string[] ReadSources() =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(Root, "tests"))
            .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText),
    ];

    [GeneratedRegex("`(?<type>[A-Z][A-Za-z0-9]*)\\.(?<method>[A-Za-z][A-Za-z0-9_]*)`")]
    private static partial Regex TestName();

    [GeneratedRegex("`(?<path>\\.ci/[a-z-]+)`")]
    private static partial Regex Step();

    [GeneratedRegex("`tests/Benchmarks -- (?<name>[a-z-]+)`")]
    private static partial Regex Benchmark();

    [GeneratedRegex(@"^    (?:public|private|internal|protected) .*\(", RegexOptions.Multiline | RegexOptions.RightToLeft)]
    private static partial Regex Member();

    [GeneratedRegex(@"^    \[[A-Z]?[A-Za-z]*(?:Fact|Theory)\b", RegexOptions.Multiline)]
    private static partial Regex TestAttribute();
}
