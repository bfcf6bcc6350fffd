using System.Text.Json;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Kubernetes;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Repositories;

namespace ToolHive.Client.Tests.Repositories;

public sealed class WorkloadMapperTests
{
    [Theory]
    [InlineData("stdio", "sse", "http://x/mcp", "sse")]
    [InlineData("stdio", "streamable-http", "http://x/sse", "streamable-http")]
    [InlineData("stdio", "", "http://x/sse", "sse")]
    [InlineData("", "sse", "http://x/mcp", "sse")]
    [InlineData("sse", "streamable-http", "http://x/mcp", "sse")]
    [InlineData("streamable-http", "sse", "http://x/sse", "streamable-http")]
    public void EffectiveTransport_ProxyMode_CountsForStdioOnly(string transport, string proxyMode, string url, string expected) =>
        WorkloadMapper.EffectiveTransport(new McpTransport(proxyMode), new McpTransport(transport), url).Should().Be(new McpTransport(expected));

    [Theory]
    [InlineData("http://127.0.0.1:8080/mcp", true)]
    [InlineData("https://x.example.com/sse#name", true)]
    [InlineData("x.example.com", false)]
    [InlineData("127.0.0.1:8080", false)]
    [InlineData("/mcp", false)]
    [InlineData("stdio", false)]
    [InlineData("file:///mcp", false)]
    [InlineData("http://", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsRunning_AddressThatIsNoUrl_IsNot(string? url, bool running)
    {
        ToolHiveWorkload workload = WorkloadMapper.Map(new Workload { Name = "a", Status = WorkloadStatus.Running, Url = url }, null);

        workload.IsRunning.Should().Be(running);
        (workload.StatusContext is not null).Should().Be(!running && !string.IsNullOrEmpty(url), "a wrong address is named");
    }

    [Theory]
    [InlineData("""{"externalAuthConfigRef":{"name":"github-token"}}""", "*externalAuthConfigRef 'github-token'*")]
    [InlineData("""{"externalAuthConfigRef":{}}""", "*externalAuthConfigRef,*")]
    [InlineData("""{"caBundleRef":{"configMapRef":{"name":"corp-ca","key":"ca.crt"}}}""", "*caBundleRef 'corp-ca'*")]
    public void WhyUnreachable_WhatIsNotApplied_IsTheReason(string spec, string reason) =>
        KubernetesMapper.WhyUnreachable(Resource(spec)).Should().Match(reason);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"externalAuthConfigRef":null,"caBundleRef":null}""")]
    public void WhyUnreachable_NothingOfIt_IsNull(string spec) => KubernetesMapper.WhyUnreachable(Resource(spec)).Should().BeNull();

    [Fact]
    public void Map_ServerEntryWithoutAUrl_IsNotRunning()
    {
        using JsonDocument resource = JsonDocument.Parse(
            """{"metadata":{"name":"a","namespace":"n"},"spec":{"remoteUrl":"notes.example.com","transport":"sse"},"status":{"phase":"Valid"}}""");

        ToolHiveWorkload workload = KubernetesMapper.Map(ResourceKind.ServerEntry, resource.RootElement)!;

        workload.IsRunning.Should().BeFalse();
        workload.StatusContext.Should().Contain("'notes.example.com' is no http or https URL");
    }

    private static JsonElement Resource(string spec)
    {
        using JsonDocument document = JsonDocument.Parse($$"""{"metadata":{"name":"a"},"spec":{{spec}}}""");
        return document.RootElement.Clone();
    }
}
