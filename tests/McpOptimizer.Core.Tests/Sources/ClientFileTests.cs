using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Sources;

/// <summary>Files as the clients write them and as people edit them.</summary>
public sealed class ClientFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OddEntries_CostThemselves()
    {
        WorkloadListing listing = await ListAsync("""
            { "mcpServers": {
              "number": { "command": "node", "env": { "PORT": 3000, "DEBUG": true, "NOTHING": null } },
              "text args": { "command": "node", "args": "server.js" },
              "words": { "command": "node", "args": "server.js --flag" },
              "off": { "command": "node", "disabled": "false" },
              "list": [1],
              "object env": { "command": "node", "env": { "A": {} } },
              "good": { "command": "node" }
            } }
            """);

        Named(listing, "number").Endpoint!.Environment.Should().BeEquivalentTo(new Dictionary<string, string> { ["PORT"] = "3000", ["DEBUG"] = "true" });
        Named(listing, "text args").Endpoint!.Arguments.Should().Equal("server.js");
        Named(listing, "words").StatusReason.Should().Be("\"args\" is a text; expected a list of texts, for example [\"-y\", \"some-package\"].");
        Named(listing, "off").Status.Should().Be(ServerStatus.Running);
        Named(listing, "list").StatusReason.Should().Be("\"list\" is a list; expected an object.");
        Named(listing, "object env").StatusReason.Should().Be("\"env.A\" is an object; expected a text.");
        Named(listing, "good").Status.Should().Be(ServerStatus.Running);
        string.Join(' ', listing.Workloads.Select(workload => workload.StatusReason)).Should().NotContain("System.");
    }

    [Theory]
    [InlineData("mcp.json", """{"servers":{"s":{"type":"stdio","command":"node","args":["a"],"env":{"K":"v"}}}}""")]
    [InlineData("settings.json", """{"editor.tabSize":2,"mcp":{"inputs":[],"servers":{"s":{"command":"node","args":["a"],"env":{"K":"v"}}}}}""")]
    [InlineData("opencode.json", """{"mcp":{"s":{"type":"local","command":["node","a"],"environment":{"K":"v"},"enabled":true}}}""")]
    [InlineData("settings.json", """{"context_servers":{"s":{"source":"custom","command":"node","args":["a"],"env":{"K":"v"}}}}""")]
    [InlineData("settings.json", """{"context_servers":{"s":{"command":{"path":"node","args":["a"],"env":{"K":"v"}},"settings":{}}}}""")]
    [InlineData("config.toml", "model = \"x\"\n[mcp_servers.s]\ncommand = \"node\"\nargs = [\"a\"]\nenv = { K = \"v\" }\n")]
    [InlineData("config.toml", "[mcp_servers.\"s\"]\ncommand = 'node'\nargs = ['a']\n[mcp_servers.s.env]\nK = \"v\"\n")]
    public async Task LocalServer_OfAnyClient_IsRead(string file, string text)
    {
        BackendEndpoint endpoint = (await ListAsync(text, file)).Workloads.Should().ContainSingle().Which.Endpoint!;

        endpoint.Should().Match<BackendEndpoint>(s => s.ServerName == "s" && s.Transport == TransportKind.Stdio && s.Command == "node");
        endpoint.Arguments.Should().Equal("a");
        endpoint.Environment.Should().Contain("K", "v");
    }

    [Theory]
    [InlineData("mcp_config.json", """{"mcpServers":{"s":{"serverUrl":"https://h/mcp","headers":{"X-Key":"v"}}}}""", TransportKind.Unknown)]
    [InlineData("settings.json", """{"mcpServers":{"s":{"httpUrl":"https://h/mcp","headers":{"X-Key":"v"}}}}""", TransportKind.StreamableHttp)]
    [InlineData("opencode.json", """{"mcp":{"s":{"type":"remote","url":"https://h/mcp","headers":{"X-Key":"v"}}}}""", TransportKind.Unknown)]
    [InlineData("cline.json", """{"mcpServers":{"s":{"type":"streamableHttp","url":"https://h/mcp","headers":{"X-Key":"v"}}}}""", TransportKind.StreamableHttp)]
    [InlineData("x.json", """{"mcpServers":{"s":{"type":"streaming-http","url":"https://h/mcp","headers":{"X-Key":"v"}}}}""", TransportKind.StreamableHttp)]
    [InlineData("config.toml", "[mcp_servers.s]\nurl = \"https://h/mcp\"\nhttp_headers = { X-Key = \"v\" }\n", TransportKind.Unknown)]
    public async Task RemoteServer_OfAnyClient_IsRead(string file, string text, TransportKind transport)
    {
        BackendEndpoint endpoint = (await ListAsync(text, file)).Workloads.Should().ContainSingle().Which.Endpoint!;

        endpoint.Url.Should().Be(new Uri("https://h/mcp"));
        endpoint.Transport.Should().Be(transport);
        endpoint.Headers.Should().Contain("X-Key", "v");
    }

    [Theory]
    [InlineData("""{"enabled":false}""")]
    [InlineData("""{"isActive":false}""")]
    [InlineData("""{"disabled":"true"}""")]
    [InlineData("""{"enabled":"false"}""")]
    [InlineData("""{"enabled":false,"env":{"KEY":"${input:never}"}}""")]
    public async Task SwitchedOff_InAnyWord_StaysOff(string members)
    {
        WorkloadDescriptor off = (await ListAsync(Entry(members))).Workloads.Single();

        off.Status.Should().Be(ServerStatus.Stopped);
        off.StatusReason.Should().Be("switched off in the servers file");
    }

    [Theory]
    [InlineData("""{"tools":["read","list_*"]}""", "read list_all", "delete_all")]
    [InlineData("""{"tools":["*"]}""", "read delete_all", "")]
    [InlineData("""{"tools":[]}""", "", "read")]
    [InlineData("""{"includeTools":["read"],"excludeTools":["read"]}""", "", "read")]
    [InlineData("""{"disabledTools":["delete_all"]}""", "read", "delete_all")]
    [InlineData("""{"enabled_tools":["read"],"disabled_tools":"delete_all"}""", "read", "delete_all list")]
    public async Task Restriction_OfAnyClient_Holds(string members, string offered, string withheld)
    {
        ToolRestriction tools = (await ListAsync(Entry(members))).Workloads.Single().Endpoint!.Tools!;

        offered.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(name => !tools.Offers(name)).Should().BeEmpty();
        withheld.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(tools.Offers).Should().BeEmpty();
    }

    [Fact]
    public async Task Opencode_ToolsSwitchedOffForAll_StayOff()
    {
        WorkloadListing listing = await ListAsync("""
            {"tools":{"files_delete":false,"web_*":false,"bash":false},"mcp":{"files":{"type":"local","command":["f"]},"web":{"type":"remote","url":"https://h"},"other":{"type":"remote","url":"https://o"}}}
            """, "opencode.json");

        Named(listing, "files").Endpoint!.Tools!.Offers("delete").Should().BeFalse();
        Named(listing, "files").Endpoint!.Tools!.Offers("read").Should().BeTrue();
        Named(listing, "web").Endpoint!.Tools!.Offers("get").Should().BeFalse();
        Named(listing, "other").Endpoint!.Tools.Should().BeNull();
    }

    [Fact]
    public async Task References_AreFilledInOrAFault()
    {
        string key = "KEY_" + Guid.NewGuid().ToString("N").ToUpperInvariant();
        Environment.SetEnvironmentVariable(key, "value");
        Environment.SetEnvironmentVariable("MCP_INPUT_" + key, "typed");
        await File.WriteAllTextAsync(_folder.Combine("token"), " from a file\n");
        WorkloadListing listing = await ListAsync($$$"""
            { "inputs": [{ "id": "x", "type": "promptString" }], "servers": {
              "input": { "command": "node", "env": { "A": "${input:{{{key}}}}" } },
              "unset": { "command": "node", "env": { "A": "${input:my-key.2}" } },
              "places": { "command": "node", "args": ["${workspaceFolder}${/}server.js", "${workspaceFolderBasename}", "${userHome}", "${pathSeparator}", "${workspaceFolder:root}"] },
              "names": { "command": "node", "args": ["${env:{{{key}}}}", "${{{{key}}}}", "${NOT_SET_AT_ALL:-else}", "${env:NOT_SET_AT_ALL:-else}", "{env:{{{key}}}}", "{file:token}"], "env": { "B": "${{{key}}}", "C": "$NOT_SET_AT_ALL" } },
              "command": { "command": "node", "args": ["${command:pick}", "${config:a.b}"] },
              "literal": { "command": "node", "args": ["${a b}", "$1", "$(x)"] }
            } }
            """, Path.Combine(".vscode", "mcp.json"));

        Named(listing, "input").Endpoint!.Environment["A"].Should().Be("typed");
        Named(listing, "unset").Should().Match<WorkloadDescriptor>(s => s.Status == ServerStatus.Error && s.StatusReason!.Contains("MCP_INPUT_MY_KEY_2 "));
        char separator = Path.DirectorySeparatorChar;
        Named(listing, "places").Endpoint!.Arguments.Should().Equal(
            _folder.FullPath + separator + "server.js", Path.GetFileName(_folder.FullPath), Environment.GetEnvironmentVariable("HOME"), separator.ToString(), _folder.FullPath);
        Named(listing, "names").Endpoint!.Arguments.Should().Equal("value", "value", "else", "else", "value", "from a file");
        Named(listing, "names").Endpoint!.Environment.Should().Contain("B", "value").And.Contain("C", "$NOT_SET_AT_ALL");
        Named(listing, "command").StatusReason.Should().Contain("${command:pick}").And.Contain("${config:a.b}");
        Named(listing, "literal").Endpoint!.Arguments.Should().Equal("${a b}", "$1", "$(x)");
    }

    [Fact]
    public async Task EnvironmentFile_IsReadBelowTheEntry()
    {
        await File.WriteAllTextAsync(_folder.Combine("keys.env"), "# comment\n\nexport A=1\nB=\"two # words\"\nC=three # comment\nD='${HOME}'\n");
        WorkloadListing listing = await ListAsync("""
            {"servers":{"s":{"command":"node","envFile":"${workspaceFolder}/keys.env","env":{"A":"own"}},"gone":{"command":"node","envFile":"absent.env"},"odd":{"command":"node","envFile":"odd.env"}}}
            """, prepare: () => File.WriteAllText(_folder.Combine("odd.env"), "A=1\nsecret-without-a-name\n"));

        Named(listing, "s").Endpoint!.Environment.Should().BeEquivalentTo(new Dictionary<string, string> { ["A"] = "own", ["B"] = "two # words", ["C"] = "three", ["D"] = "${HOME}" });
        Named(listing, "gone").StatusReason.Should().Contain("absent.env");
        Named(listing, "odd").StatusReason.Should().Contain("line 2").And.NotContain("secret-without");
    }

    [Theory]
    [InlineData("60", 60)]
    [InlineData("999", 999)]
    [InlineData("1000", 1)]
    [InlineData("\"30000\"", 30)]
    public async Task Timeout_BelowAThousand_MeansSeconds(string written, int seconds) =>
        (await ListAsync(Entry($"{{\"timeout\":{written}}}"))).Workloads.Single().Endpoint!.Timeout.Should().Be(TimeSpan.FromSeconds(seconds));

    [Fact]
    public async Task Headers_OfTheTransport_AreIgnoredAndSaid()
    {
        WorkloadListing listing = await ListAsync("""
            {"mcpServers":{
              "s":{"url":"https://h/mcp","headers":{"Content-Type":"text/plain","accept":"*/*","Mcp-Session-Id":"x","Authorization":"Bearer s3cret"}},
              "name":{"url":"https://h/mcp","headers":{"X Key:":"s3cret"}},
              "value":{"url":"https://h/mcp","headers":{"X-Key":"s3cret\r\nX-Other: y"}}}}
            """);

        Named(listing, "s").Endpoint!.Headers.Should().ContainSingle().Which.Key.Should().Be("Authorization");
        listing.Problems.Should().HaveCount(3).And.OnlyContain(remark => remark.StartsWith("The server 's': the header '"));
        Named(listing, "name").StatusReason.Should().Contain("X Key:");
        Named(listing, "value").StatusReason.Should().Contain("X-Key").And.NotContain("s3cret");
    }

    [Fact]
    public async Task Codex_TokensFromTheEnvironment_BecomeHeaders()
    {
        Environment.SetEnvironmentVariable("CODEX_TEST_TOKEN", "t0ken");
        WorkloadListing listing = await ListAsync("""
            [mcp_servers.s]
            url = "https://h/mcp"
            bearer_token_env_var = "CODEX_TEST_TOKEN"
            env_http_headers = { X-Other = "CODEX_TEST_TOKEN" }
            tool_timeout_sec = 90
            enabled_tools = ["read"]
            """, "config.toml");

        BackendEndpoint endpoint = listing.Workloads.Single().Endpoint!;
        endpoint.Headers.Should().Contain("Authorization", "Bearer t0ken").And.Contain("X-Other", "t0ken");
        endpoint.Timeout.Should().Be(TimeSpan.FromSeconds(90));
        endpoint.Tools!.Offers("write").Should().BeFalse();
    }

    [Fact]
    public async Task SeveralObjectsAndDoubleNames_AreReadAndSaid()
    {
        WorkloadListing listing = await ListAsync("""{"mcpServers":{"a":{"command":"first"},"a":{"command":"second"}},"servers":{"b":{"command":"x"},"a":{"command":"third"}}}""");

        listing.Workloads.Select(workload => $"{workload.Name}:{workload.Endpoint!.Command}").Should().Equal("a:first", "b:x");
        listing.Problems.Should().HaveCount(3).And.Contain(remark => remark.Contains("\"mcpServers\", \"servers\""));
    }

    [Fact]
    public async Task BadToml_SaysWhere() =>
        (await FluentActions.Awaiting(() => ListAsync("[mcp_servers.s]\ncommand = \n", "config.toml")).Should().ThrowAsync<SourceFileException>()).Which.Message.Should().Contain("config.toml").And.Contain("2");

    [Fact]
    public async Task Utf16File_IsRead()
    {
        await File.WriteAllTextAsync(_folder.Combine("mcp.json"), """{"mcpServers":{"s":{"command":"x"}}}""", Encoding.Unicode);
        using ServersFileWorkloadSource source = new(_folder.Combine("mcp.json"));
        (await source.ListAsync()).Workloads.Should().ContainSingle();
    }

    [Fact]
    public async Task AnyValueInAnyMember_CostsItsEntryAtMost()
    {
        Random random = new(20261129);
        string[] members = ["type", "command", "args", "env", "envFile", "cwd", "url", "serverUrl", "headers", "disabled", "enabled", "timeout", "tools", "disabledTools", "group", "oauth", "description", "forwardOptimizerToken"];
        for (int round = 0; round < 300; round++)
        {
            StringBuilder text = new("""{"mcpServers":{"good":{"command":"x"}""");
            for (int at = 0; at < 8; at++)
            {
                text.Append($",\"e{at}\":{{\"command\":\"x\"");
                for (int member = random.Next(4); member >= 0; member--)
                {
                    text.Append($",\"{members[random.Next(members.Length)]}\":{Value(random, 3)}");
                }

                text.Append('}');
            }

            WorkloadListing listing = await ListAsync(text.Append("}}").ToString());
            listing.Workloads.Should().HaveCount(9);
            listing.Workloads[0].Status.Should().Be(ServerStatus.Running);
            listing.Workloads.Should().OnlyContain(workload => (workload.Status == ServerStatus.Error) == (workload.Endpoint == null && workload.Status != ServerStatus.Stopped));
        }
    }

    private static string Value(Random random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => "null",
        1 => "true",
        2 => random.Next(-5, 100_000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => "1e400",
        4 => JsonSerializer.Serialize(new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => (char)random.Next(1, 0xD000))])),
        5 => "\"${input:" + random.Next(9) + "}\"",
        6 => "[" + Value(random, depth - 1) + "," + Value(random, depth - 1) + "]",
        _ => "{\"" + (char)random.Next('A', 'Z') + "\":" + Value(random, depth - 1) + "}",
    };

    private static string Entry(string members) => """{"mcpServers":{"s":{"command":"node",""" + members[1..^1] + "}}}";

    private static WorkloadDescriptor Named(WorkloadListing listing, string name) => listing.Workloads.Single(workload => workload.Name == name);

    private async Task<WorkloadListing> ListAsync(string text, string file = "servers.json", Action? prepare = null)
    {
        prepare?.Invoke();
        string path = _folder.Combine(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text);
        using ServersFileWorkloadSource source = new(path);
        return await source.ListAsync();
    }
}
