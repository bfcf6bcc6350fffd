using System.Reflection;
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
    public void WireModels_StayBelowServices() => LayerConvention.FindWireTypesInPublicSignatures(package).Should().BeEmpty();

    [Fact]
    public void AsyncMethods_TakeTheTokenLast() => ApiConvention.FindMethodsWithoutTokenLast(package).Should().BeEmpty();

    [Fact]
    public void Sources_KeepTheHouseRules() => SourceConvention.FindViolations(_name).Should().BeEmpty();

    [Fact]
    public void PublicApi_IsTheReviewedOne()
    {
        string listing = Path.Combine(SourceConvention.RepositoryRoot(), "tests", _name + ".Tests", "PublicApi.txt");
        ApiConvention.Compare(package, listing).Should().BeEmpty("a change of the public surface is reviewed: run the tests once with UPDATE_PUBLIC_API=1 and commit the difference");
    }
}
