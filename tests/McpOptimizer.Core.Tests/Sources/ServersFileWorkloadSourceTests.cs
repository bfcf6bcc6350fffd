using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Sources;

public sealed class ServersFileWorkloadSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.Combine("servers.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_StdioAndHttpEntries_ReadsAllMembers()
    {
        WorkloadListing listing = await ListAsync("""
            {
              // comments are welcome
              "mcpServers": {
                "files": { "command": "npx", "args": ["-y", "server"], "env": { "KEY": "v" }, "cwd": "${fileDirname}", "timeout": 5000, "group": "dev" },
                "api": { "type": "http", "url": "https://api.example/mcp", "headers": { "Authorization": "Bearer s3cret" } },
                "old": { "url": "https://old.example/sse", "type": "sse", "disabled": true },
                "unknown": { "url": "https://x.example/mcp", "alwaysAllow": ["a"], "icon": { } },
              },
            }
            """);

        listing.IsComplete.Should().BeTrue();
        BackendEndpoint files = listing.Workloads[0].Endpoint!;
        files.Transport.Should().Be(TransportKind.Stdio);
        files.Command.Should().Be("npx");
        files.Arguments.Should().Equal("-y", "server");
        files.Environment.Should().Contain("KEY", "v");
        files.WorkingDirectory.Should().Be(_folder.FullPath);
        files.Timeout.Should().Be(TimeSpan.FromSeconds(5));
        listing.Workloads[0].Group.Should().Be("dev");
        listing.Workloads[1].Should().Match<WorkloadDescriptor>(api => api.Remote && api.Identifier == "https://api.example/mcp" && api.Endpoint!.Transport == TransportKind.StreamableHttp);
        listing.Workloads[2].Status.Should().Be(ServerStatus.Stopped);
        listing.Workloads[3].Endpoint!.Transport.Should().Be(TransportKind.Unknown);
        string.Join(' ', listing.Workloads).Should().NotContain("s3cret");
    }

    [Fact]
    public async Task List_VsCodeMember_IsRead() =>
        (await ListAsync("""{"servers":{"a":{"command":"x"}}}""")).Workloads.Should().ContainSingle();

    [Fact]
    public async Task List_Variables_ComeFromTheEnvironment()
    {
        string set = "OPTIMIZER_TEST_" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(set, "value");
        WorkloadListing listing = await ListAsync("""
            {"mcpServers":{
              "a":{"command":"x","args":["${PLACE}","${env:PLACE}","${NOT_SET_AT_ALL:-fallback}"]},
              "b":{"command":"x","args":["${NOT_SET_AT_ALL}"]}}}
            """.Replace("PLACE", set, StringComparison.Ordinal));

        listing.Workloads[0].Endpoint!.Arguments.Should().Equal("value", "value", "fallback");
        listing.Workloads[1].Status.Should().Be(ServerStatus.Error);
        listing.Workloads[1].StatusReason.Should().Contain("NOT_SET_AT_ALL");
        listing.Workloads[1].Endpoint.Should().BeNull("a half-filled command is not run");
    }

    [Theory]
    [InlineData("""{"mcpServers":{"a":{}}}""", "neither")]
    [InlineData("""{"mcpServers":{"a":{"command":"x","url":"http://y"}}}""", "both")]
    [InlineData("""{"mcpServers":{"a":{"url":"ftp://y"}}}""", "ftp://y")]
    [InlineData("""{"mcpServers":{"a":{"url":"http://y","type":"carrier-pigeon"}}}""", "carrier-pigeon")]
    [InlineData("""{"mcpServers":{"a":{"url":"http://y","type":"stdio"}}}""", "stdio")]
    [InlineData("""{"mcpServers":{"a":null}}""", "neither")]
    [InlineData("""{"mcpServers":{"a":{"command":"x","oauth":{}}}}""", "\"url\"")]
    [InlineData("""{"mcpServers":{"a":{"url":"http://y","oauth":{},"forwardCallerCredentials":true}}}""", "exclude")]
    [InlineData("""{"mcpServers":{"a":{"url":"http://y","oauth":{"clientSecret":"s"}}}}""", "clientId")]
    [InlineData("""{"mcpServers":{"a":{"url":"http://y","oauth":{"clientSecret":"${NOT_SET_AT_ALL}","clientId":"c"}}}}""", "NOT_SET_AT_ALL")]
    [InlineData("""{"mcpServers":{"a":{"url":"http://y","oauth":{"redirectPort":70000}}}}""", "70000")]
    public async Task List_EntryThatCannotWork_CostsThatEntryAndSaysWhy(string json, string reason)
    {
        WorkloadDescriptor entry = (await ListAsync(json)).Workloads.Single();

        entry.Status.Should().Be(ServerStatus.Error);
        entry.StatusReason.Should().Contain(reason);
    }

    [Theory]
    [InlineData("{\n  \"mcpServers\": {\n    \"a\": }\n}", "line 3")]
    [InlineData("[]", "line 1")]
    [InlineData("", "line 1")]
    [InlineData("{}", "mcpServers")]
    public async Task List_MalformedFile_SaysWhere(string json, string place)
    {
        (await FluentActions.Awaiting(() => ListAsync(json)).Should().ThrowAsync<SourceFileException>()).Which.Message.Should().Contain(place).And.Contain(Path);
    }

    [Fact]
    public async Task List_MissingFile_SaysWhich()
    {
        using ServersFileWorkloadSource source = new(_folder.Combine("absent.json"));

        await FluentActions.Awaiting(() => source.ListAsync()).Should().ThrowAsync<SourceFileException>().WithMessage("*absent.json*");
    }

    [Fact]
    public async Task Watch_FileReplaced_Fires()
    {
        await File.WriteAllTextAsync(Path, """{"mcpServers":{}}""");
        using ServersFileWorkloadSource source = new(Path);
        TaskCompletionSource fired = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable watch = source.Watch()!.RegisterChangeCallback(_ => fired.TrySetResult(), null);

        // As editors do it: write beside, then rename over.
        await File.WriteAllTextAsync(Path + ".new", """{"mcpServers":{"a":{"command":"x"}}}""");
        File.Move(Path + ".new", Path, overwrite: true);

        await fired.Task.WaitAsync(TimeSpan.FromSeconds(30));
        (await source.ListAsync()).Workloads.Should().ContainSingle();
    }

    private async Task<WorkloadListing> ListAsync(string json)
    {
        await File.WriteAllTextAsync(Path, json);
        using ServersFileWorkloadSource source = new(Path);
        return await source.ListAsync();
    }
}
