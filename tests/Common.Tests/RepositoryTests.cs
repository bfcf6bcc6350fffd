using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shared.Conventions;

namespace Common.Tests;

/// <summary>What holds of all packages together.</summary>
public sealed partial class RepositoryTests
{
    private static readonly string Source = Path.Combine(SourceConvention.RepositoryRoot(), "src");

    // Which package may stand on which other; a new edge is a decision.
    private static readonly string[] Edges = ["McpOptimizer.Core -> ToolHive.Client", "McpOptimizer.Encoder.MiniLM -> MiniLmWeights"];

    public static TheoryData<string> Packages() =>
        [.. Directory.EnumerateFiles(Source, "*.csproj", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_StandsOnNoHostAndOnNoPackageItShouldNot(string package)
    {
        XDocument project = XDocument.Load(Path.Combine(Source, package, package + ".csproj"));
        IEnumerable<string> Includes(string item) => project.Descendants(item).Select(found => found.Attribute("Include")!.Value);

        Includes("FrameworkReference").Should().BeEmpty("a package runs in any host");
        Includes("PackageReference").Should().NotContain(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.EndsWith(".AspNetCore", StringComparison.Ordinal));
        IEnumerable<string> edges = Includes("ProjectReference").Select(path => $"{package} -> {Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))}");
        edges.Where(edge => !edge.StartsWith("McpOptimizer.", StringComparison.Ordinal) || !edge.EndsWith("-> McpOptimizer.Core", StringComparison.Ordinal)).Should().BeSubsetOf(Edges);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_TargetsOneFramework(string package) =>
        XDocument.Load(Path.Combine(Source, package, package + ".csproj")).Descendants().Where(element => element.Name.LocalName.StartsWith("TargetFramework", StringComparison.Ordinal))
            .Should().BeEmpty("Directory.Build.props says net10.0 for all");

    [Fact]
    public void Repository_TargetsNet10Only() =>
        XDocument.Load(Path.Combine(SourceConvention.RepositoryRoot(), "Directory.Build.props")).Descendants("TargetFramework").Should().ContainSingle().Which.Value.Should().Be("net10.0");

    /// <summary>A number that two messages of one category share tells a reader of the log nothing; one category is one class.</summary>
    [Theory]
    [MemberData(nameof(Packages))]
    public void LogMessages_OfOnePackage_HaveNumbersOfTheirOwn(string package)
    {
        string folder = Path.Combine(Source, package);
        (string File, string Id)[] ids =
        [
            .. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
                .SelectMany(file => EventId().Matches(File.ReadAllText(file)).Select(match => (Path.GetRelativePath(folder, file), match.Groups[1].Value))),
        ];

        ids.GroupBy(entry => entry.Id).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(entry => entry.File))}").Should().BeEmpty();
    }

    [GeneratedRegex(@"LoggerMessage\(\s*EventId = (\d+)")]
    private static partial Regex EventId();
}
