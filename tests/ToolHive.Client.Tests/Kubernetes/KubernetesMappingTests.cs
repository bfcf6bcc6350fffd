using Microsoft.Extensions.DependencyInjection;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Services;
using ToolHive.Client.Tests.Support;

namespace ToolHive.Client.Tests.Kubernetes;

public sealed class KubernetesMappingTests
{
    private const string EntryWithHeaders = """
        {"remoteUrl":"https://example.com/mcp","transport":"streamable-http","groupRef":{"name":"g"},"headerForward":{"addPlaintextHeaders":{"X-Tenant":"acme"},
        "addHeadersFromSecret":[{"headerName":"X-API-Key","valueSecretRef":{"name":"keys","key":"api-key"}}]}}
        """;

    [Theory]
    [InlineData("v1beta1", """{"name":"team"}""")]
    [InlineData("v1alpha1", """{"name":"team"}""")]
    [InlineData("v1beta1", "\"team\"")]
    public async Task ListAsync_GroupReference_IsReadAsObjectAndAsText(string served, string reference)
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.Versions.Clear();
        cluster.Fake.Versions.Add(served);
        cluster.Fake.Apply(
            "MCPServer", "time", $$"""{"image":"ghcr.io/time:1","groupRef":{{reference}}}""",
            """{"phase":"Ready","url":"http://mcp-time-proxy.default.svc:8080/mcp"}""");

        WorkloadSnapshot snapshot = await cluster.Directory.ListAsync();

        snapshot.IsComplete.Should().BeTrue();
        snapshot.Workloads.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Key = "default/time",
            Group = "team",
            Kind = "MCPServer",
            Identifier = "ghcr.io/time:1",
            Transport = McpTransport.StreamableHttp,
            IsRunning = true,
            IsRemote = false,
            IsVirtual = false,
            StatusContext = "Ready",
        });
    }

    [Fact]
    public async Task ListAsync_SseServerWhoseHostBeginsWithMcp_IsSse()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.Apply("MCPServer", "a", """{"image":"i","transport":"sse"}""", """{"phase":"Running","url":"http://mcp-a-proxy:8080/sse#a"}""");
        cluster.Fake.Apply("MCPServer", "b", """{"image":"i"}""", """{"phase":"Running","url":"http://mcp-b-proxy:8080/sse#b"}""");
        cluster.Fake.Apply(
            "MCPServer", "c", """{"image":"i","transport":"stdio","proxyMode":"sse"}""", """{"phase":"Running","url":"http://mcp-c-proxy:8080/sse#c"}""");
        cluster.Fake.Apply(
            "MCPServer", "d", """{"image":"i","transport":"streamable-http","proxyMode":"sse"}""",
            """{"phase":"Running","url":"http://mcp-d-proxy:8080/mcp"}""");

        (await cluster.Directory.ListAsync()).Workloads.Select(workload => workload.Transport).Should().Equal(
            McpTransport.Sse, McpTransport.Sse, McpTransport.Sse, McpTransport.StreamableHttp);
    }

    [Theory]
    [InlineData("Ready", "running")]
    [InlineData("Degraded", "running")]
    [InlineData("Pending", "starting")]
    [InlineData("Failed", "error")]
    [InlineData("Hibernating", "unknown")]
    public async Task ListAsync_VirtualServer_IsUsableWhileDegraded(string phase, string status)
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.Apply(
            "VirtualMCPServer", "all", """{"config":{"groupRef":"team"}}""",
            $$"""{"phase":"{{phase}}","url":"http://vmcp-all.default.svc:4483","message":"2 of 3 backends"}""");

        ToolHiveWorkload workload = (await cluster.Directory.ListAsync()).Workloads.Should().ContainSingle().Subject;

        workload.Should().BeEquivalentTo(new
        {
            Url = "http://vmcp-all.default.svc:4483/mcp",
            Identifier = "vmcp:all",
            Group = "team",
            IsVirtual = true,
            Transport = McpTransport.StreamableHttp,
            StatusContext = $"{phase}: 2 of 3 backends",
        });
        workload.Status.ToString().Should().Be(status);
    }

    [Fact]
    public async Task ListAsync_RemoteProxyAndEntry_AreRemoteWithTheirAddresses()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.Apply(
            "MCPRemoteProxy", "notion", """{"remoteUrl":"https://mcp.notion.com/mcp"}""",
            """{"phase":"Ready","url":"http://mcp-notion-remote-proxy.default.svc:8080"}""");
        cluster.Fake.Apply(
            "MCPServerEntry", "direct", """{"remoteUrl":"https://example.com/sse","transport":"sse","groupRef":{"name":"g"}}""", """{"phase":"Valid"}""");

        IReadOnlyList<ToolHiveWorkload> workloads = (await cluster.Directory.ListAsync()).Workloads;

        workloads.Should().OnlyContain(workload => workload.IsRemote && workload.IsRunning);
        workloads.Select(workload => (workload.Name, workload.Url, workload.Identifier, workload.Transport)).Should().Equal(
            ("direct", "https://example.com/sse", "https://example.com/sse", McpTransport.Sse),
            ("notion", "http://mcp-notion-remote-proxy.default.svc:8080/mcp", "https://mcp.notion.com/mcp", McpTransport.StreamableHttp));
    }

    [Fact]
    public async Task ListAsync_EntryWithHeaders_ReadsThemFromSpecAndSecret()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.Secrets["default/keys"] = new() { ["api-key"] = "s3cret" };
        cluster.Fake.Apply("MCPServerEntry", "direct", EntryWithHeaders, """{"phase":"Valid"}""");

        ToolHiveWorkload workload = (await cluster.Directory.ListAsync()).Workloads.Should().ContainSingle().Subject;

        workload.IsRunning.Should().BeTrue();
        workload.Headers.Should().Equal(new Dictionary<string, string> { ["X-Tenant"] = "acme", ["X-API-Key"] = "s3cret" });
        workload.ToString().Should().NotContain("s3cret");
        cluster.Fake.Secrets["default/keys"] = new() { ["api-key"] = "rotated" };
        ToolHiveWorkload rotated = (await cluster.Directory.ListAsync()).Workloads.Single();
        rotated.IsSameAs(workload).Should().BeFalse("whoever watches connects anew");
    }

    [Theory]
    [InlineData("forbidden", "forbidden")]
    [InlineData("absent", "not found")]
    [InlineData("no-key", "no key 'api-key'")]
    public async Task ListAsync_SecretOfAHeaderCannotBeRead_IsAnErrorOfThatEntryOnly(string fault, string reason)
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.Apply("MCPServerEntry", "direct", EntryWithHeaders, """{"phase":"Valid"}""");
        cluster.Fake.ApplyServer("other");
        if (fault == "forbidden")
        {
            cluster.Fake.ForbiddenKinds.Add("secrets");
        }
        else if (fault == "no-key")
        {
            cluster.Fake.Secrets["default/keys"] = new() { ["another"] = "s3cret" };
        }

        IReadOnlyList<ToolHiveWorkload> workloads = (await cluster.Directory.ListAsync()).Workloads;

        workloads.Single(workload => workload.Name == "other").IsRunning.Should().BeTrue();
        ToolHiveWorkload entry = workloads.Single(workload => workload.Name == "direct");
        entry.IsRunning.Should().BeFalse();
        entry.StatusContext.Should().Contain("X-API-Key").And.Contain(reason).And.NotContain("s3cret");
    }

    [Fact]
    public async Task ListAsync_SameNameInTwoNamespaces_AreTwo()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.ApplyServer("time", "a");
        cluster.Fake.ApplyServer("time", "b");

        (await cluster.Directory.ListAsync()).Workloads.Select(workload => workload.Key).Should().Equal("a/time", "b/time");
    }

    [Fact]
    public async Task ListAsync_Namespaces_ListsOnlyThose()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync((options, _) =>
        {
            options.Namespaces.Add("a");
            options.Namespaces.Add("c");
        });
        foreach (string space in new[] { "a", "b", "c" })
        {
            cluster.Fake.ApplyServer("time", space);
        }

        (await cluster.Directory.ListAsync()).Workloads.Select(workload => workload.Key).Should().Equal("a/time", "c/time");
        cluster.Fake.Journal.Entries.Should().OnlyContain(entry => entry.Path.Contains("/namespaces/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ListAsync_DeletionUnderWay_IsRemoving()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.Apply(
            "MCPServer", "time", """{"image":"i"}""", """{"phase":"Ready","url":"http://x/mcp"}""",
            metadata: """{"deletionTimestamp":"2026-01-01T00:00:00Z"}""");

        ToolHiveWorkload workload = (await cluster.Directory.ListAsync()).Workloads.Single();

        workload.Status.Should().Be(WorkloadStatus.Removing);
        workload.IsRunning.Should().BeFalse();
    }

    [Fact]
    public async Task ListAsync_GroupLabel_StandsInForTheReference()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.Apply("MCPServer", "time", """{"image":"i"}""", metadata: """{"labels":{"toolhive.stacklok.dev/group":"labelled"}}""");

        ToolHiveWorkload workload = (await cluster.Directory.ListAsync()).Workloads.Single();

        (workload.Group, workload.Url, workload.IsRunning).Should().Be(("labelled", null, false));
    }

    [Fact]
    public async Task GroupService_InCluster_ListsMcpGroups()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.Apply("MCPGroup", "team", "{}");
        cluster.Fake.Apply("MCPGroup", "team", "{}", space: "other");
        cluster.Fake.Apply("MCPGroup", "another", "{}");

        (await cluster.Services.GetRequiredService<IGroupService>().ListAsync()).Select(group => group.Name).Should().Equal("another", "team");
    }
}
