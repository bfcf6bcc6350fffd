using System.Reflection;
using System.Text.RegularExpressions;
using FluentAssertions;
using Xunit;

namespace Shared.Conventions;

/// <summary>
/// The facts every package must satisfy. A test project derives one class, gives the assembly, and keeps <c>PublicApi.txt</c> beside itself.
/// </summary>
public abstract class PackageConventionFacts(Assembly package)
{
    private readonly string _name = package.GetName().Name!;

    [Fact]
    public void Layers_PointDownOneStepAtATime() => LayerConvention.FindViolations(package).Should().BeEmpty();

    [Fact]
    public void Folders_StandInNoCircle() =>
        LayerConvention.FindFolderCircles(package).Should().BeEmpty("folders that need each other are one folder, or the part that both need is a third");

    [Fact]
    public void InternalInterfaces_HaveSeveralImplementations() =>
        ApiConvention.FindLoneInterfaces(package).Should().BeEmpty("an interface is for a part that a host may replace, and then public, or for several parts of one kind (docs/decisions/0003)");

    [Fact]
    public void WireModels_StayBelowServices() => LayerConvention.FindWireTypesInPublicSignatures(package).Should().BeEmpty();

    [Fact]
    public void AsyncMethods_TakeTheTokenLast() => ApiConvention.FindMethodsWithoutTokenLast(package).Should().BeEmpty();

    [Fact]
    public void Sources_KeepTheHouseRules() => SourceConvention.FindViolations(_name).Should().BeEmpty();

    [Fact]
    public async Task Readme_EachBlock_CompilesAsCopied()
    {
        string readme = await File.ReadAllTextAsync(Path.Combine(SourceConvention.RepositoryRoot(), "src", _name, "README.md"));
        string[] blocks = [.. Regex.Matches(readme.ReplaceLineEndings("\n"), "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
        blocks.Should().NotBeEmpty("a README shows how the package is used");
        foreach (string block in blocks)
        {
            (await SnippetCompiler.CompileAsync(block)).Should().NotBeEmpty();
        }
    }

    [Fact]
    public void PublicApi_IsTheReviewedOne()
    {
        string listing = Path.Combine(SourceConvention.RepositoryRoot(), "tests", _name + ".Tests", "PublicApi.txt");
        ApiConvention.Compare(package, listing).Should().BeEmpty("a change of the public surface is reviewed: run the tests once with UPDATE_PUBLIC_API=1 and commit the difference");
    }
}
