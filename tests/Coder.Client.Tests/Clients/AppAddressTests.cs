using Coder.Client.Clients;
using Coder.Client.Models;
using Coder.Client.Tests.Support;
using Microsoft.Extensions.Options;

namespace Coder.Client.Tests.Clients;

public sealed class AppAddressTests
{
    private static readonly AgentApp PathApp = new() { Owner = "alice", Workspace = "henk", Slug = "ccw" };

    [Theory]
    [InlineData("https://coder.example.com", "https://coder.example.com/@alice/henk/apps/ccw/")]
    [InlineData("https://coder.example.com/", "https://coder.example.com/@alice/henk/apps/ccw/")]
    [InlineData("https://example.com:8443/coder", "https://example.com:8443/coder/@alice/henk/apps/ccw/")]
    public void PathAddress_NamesTheOwnerAndNoAgent(string address, string expected) => Hosts(address).PathAddress(PathApp).AbsoluteUri.Should().Be(expected);

    [Theory]
    [InlineData("https://coder.example.com", "*.apps.example.com", "https://ccw--henk--alice.apps.example.com/")]
    [InlineData("https://coder.example.com", "*--x.example.com", "https://ccw--henk--alice--x.example.com/")]
    [InlineData("http://coder.example.com:7080", "*.apps.example.com", "http://ccw--henk--alice.apps.example.com:7080/")]
    [InlineData("http://coder.example.com:7080", "*.apps.example.com:9000", "http://ccw--henk--alice.apps.example.com:9000/")]
    public void SubdomainAddress_UsesTheWildcardHost(string address, string wildcard, string expected) =>
        Hosts(address).SubdomainAddress("ccw--henk--alice", wildcard).AbsoluteUri.Should().Be(expected);

    [Theory]
    [InlineData("https://coder.example.com/@alice/henk/apps/ccw/", true)]
    [InlineData("https://ccw--henk--alice.apps.example.com/", true)]
    [InlineData("http://coder.example.com/", false)]
    [InlineData("https://coder.example.com:8443/", false)]
    [InlineData("https://coder.example.com.evil.test/", false)]
    [InlineData("https://apps.example.com/", false)]
    [InlineData("https://evilapps.example.com/", false)]
    [InlineData("https://localhost:3284/", false)]
    [InlineData("https://ccw--henk--alice.apps.example.com:8443/", false)]
    [InlineData("https://a.b.apps.example.com/", false)]
    public void IsServedByCoder_OnlyForTheDeploymentAndItsApplications(string address, bool served) =>
        Hosts("https://coder.example.com", "*.apps.example.com").IsServedByCoder(new Uri(address)).Should().Be(served);

    [Theory]
    [InlineData("evil.test/")]
    [InlineData("evil.test#")]
    [InlineData("evil.test:443/x?")]
    [InlineData("user@evil")]
    [InlineData("a.b")]
    [InlineData("")]
    public void SubdomainAddress_NoLabel_IsRefused(string subdomain) =>
        FluentActions.Invoking(() => Hosts("https://coder.example.com").SubdomainAddress(subdomain, "*.apps.example.com"))
            .Should().Throw<WorkspaceAppException>().WithMessage("*is no host label*");

    [Fact]
    public async Task ResolveAsync_SubdomainApp_AsksForTheWildcardHostOnce()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(coder => coder with { SubdomainApps = true });
        AgentApp app = PathApp with { Subdomain = true, SubdomainName = "ccw--henk--alice" };

        Uri first = await harness.Get<AppAddressResolver>().ResolveAsync(app, CancellationToken.None);
        Uri second = await harness.Get<AppAddressResolver>().ResolveAsync(app, CancellationToken.None);

        first.Host.Should().Be("ccw--henk--alice.apps.coder.test");
        second.Should().Be(first);
        harness.Coder.Journal.Should().ContainSingle().Which.Path.Should().Be("/api/v2/regions");
    }

    [Fact]
    public async Task ResolveAsync_NoWildcardHost_SaysWhatIsMissing()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        AgentApp app = PathApp with { Subdomain = true, SubdomainName = "ccw--henk--alice" };

        await harness.Get<AppAddressResolver>().Invoking(one => one.ResolveAsync(app, CancellationToken.None))
            .Should().ThrowAsync<WorkspaceAppException>().WithMessage("*no region of the deployment names a wildcard host*");
    }

    private static AppHosts Hosts(string address, string? wildcard = null) =>
        new(Options.Create(new CoderClientOptions { BaseAddress = new Uri(address), SessionToken = "x", WildcardHost = wildcard }));
}
