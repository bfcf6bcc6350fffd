using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Running;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared.Testing;

namespace Integration;

public sealed class OptimizerOverHttpTests : IDisposable
{
    private const int StubTools = 14;

    // What a server adds later is withheld otherwise.
    private static readonly Dictionary<string, string> AdditionsAreTrusted = new() { ["McpOptimizer__Trust__Servers__one__Additions"] = "Trust" };

    private static readonly string[] NamesToDescribe = ["one/echo", "one/nothing"];
    private static readonly string[] Keywords = ["echo", "text"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Client_ListsFindsDescribesAndCalls()
    {
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(_folder.FullPath, "--servers", Programs.ServersFile(_folder.FullPath, ["one", "two"]));
        await using (server)
        {
            await using McpClient client = await McpClients.ConnectAsync(address);
            await client.WaitForToolsAsync(2 * StubTools);

            await Eventually.IsAsync(async () => (await client.ListToolsAsync()).Count == 10, "the tools for resources and prompts, which the stubs have");
            IList<McpClientTool> tools = await client.ListToolsAsync();
            tools.Select(tool => tool.Name).Should().BeEquivalentTo("find_tool", "call_tool", "call_tools", "read_result", "describe_tool", "list_tools",
                "find_resource", "read_resource", "find_prompt", "get_prompt");
            tools.Single(tool => tool.Name == "find_tool").Description.Should().Contain("28 tools of 2 servers").And.Contain("- one").And.Contain("- two");
            tools.Single(tool => tool.Name == "find_tool").ProtocolTool.Annotations!.ReadOnlyHint.Should().BeTrue();

            (await client.FindAsync("echo a message back")).Should().StartWith("one/echo").And.NotContain("two/echo", "tools that do the same share a place");
            (await client.CallAsync("two", "echo", new { text = "hello" })).Text().Should().Be("hello");
            CallToolResult described = await client.CallToolAsync("describe_tool", new Dictionary<string, object?> { ["tools"] = NamesToDescribe });
            described.Json().GetProperty("tools")[0].GetProperty("inputSchema").GetProperty("type").GetString().Should().Be("object");
            described.Json().GetProperty("not_found")[0].GetString().Should().Be("one/nothing");
        }
    }

    [Fact]
    public async Task Find_Answer_HasBothShapesAndBothSavings()
    {
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(_folder.FullPath, "--servers", Programs.ServersFile(_folder.FullPath, ["one"]));
        await using (server)
        {
            await using McpClient client = await McpClients.ConnectAsync(address);
            await client.WaitForToolsAsync(StubTools);

            CallToolResult found = await client.CallToolAsync("find_tool", new Dictionary<string, object?> { ["tool_description"] = "echo", ["tool_keywords"] = Keywords, ["limit"] = 2 });

            JsonElement.DeepEquals(JsonElement.Parse(found.Text()), found.Json()).Should().BeTrue("text and structured content are the same answer");
            found.Text().Should().NotContain("\"title\":null").And.NotContain("\"outputSchema\"").And.NotContain("\n");
            JsonElement metrics = found.Json().GetProperty("token_metrics");
            metrics.GetProperty("tokens_saved").GetInt64().Should().Be(metrics.GetProperty("baseline_tokens").GetInt64() - metrics.GetProperty("returned_tokens").GetInt64());
            metrics.GetProperty("savings_percentage").GetDouble().Should().Be(metrics.GetProperty("savings_percent").GetDouble()).And.BeGreaterThan(50);
            found.Json().GetProperty("tools").GetArrayLength().Should().Be(2);
        }
    }

    [Theory]
    [InlineData("find_tool", "{}", "tool_description")]
    [InlineData("find_tool", """{"tool_description":5}""", "a text")]
    [InlineData("find_tool", """{"tool_description":"x","limit":51}""", "1 to 50")]
    [InlineData("find_tool", """{"tool_description":"x","tool_keyword":"y"}""", "tool_keywords")]
    [InlineData("find_tool", """{"tool_description":"x","detail":"tiny"}""", "full or compact")]
    [InlineData("call_tool", """{"server_name":"one","tool_name":"ecko"}""", "'echo'")]
    [InlineData("call_tool", """{"server_name":"onne","tool_name":"echo"}""", "'one'")]
    [InlineData("call_tool", """{"parameters":{}}""", "tool_name")]
    [InlineData("list_tools", """{"server_name":"nobody"}""", "nobody")]
    [InlineData("describe_tool", """{"tools":[1]}""", "a list of 1 to")]
    [InlineData("read_result", """{"handle":"no-such"}""", "no-such")]
    public async Task Tools_BadArguments_SayWhatIsExpected(string tool, string arguments, string expected)
    {
        (OptimizerProcess server, Uri address) = await SharedServer.GetAsync();
        _ = server;
        await using McpClient client = await McpClients.ConnectAsync(address);
        await client.WaitForToolsAsync(StubTools);

        CallToolResult result = await client.CallToolAsync(tool, JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!);

        result.IsError.Should().BeTrue();
        result.Text().Should().Contain(expected);
    }

    [Fact]
    public async Task Downstream_Killed_OthersAnswerAndItComesBackByItself()
    {
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(_folder.FullPath, "--servers", Programs.ServersFile(_folder.FullPath, ["one", "two"]));
        await using (server)
        {
            await using McpClient client = await McpClients.ConnectAsync(address);
            await client.WaitForToolsAsync(2 * StubTools);
            int pid = int.Parse((await client.CallAsync("one", "pid")).Text(), CultureInfo.InvariantCulture);

            Process.GetProcessById(pid).Kill();

            (await client.CallAsync("two", "echo", new { text = "still here" })).Text().Should().Be("still here");
            await Eventually.IsAsync(async () => (await client.CallAsync("one", "echo", new { text = "back" })) is { IsError: not true } result && result.Text() == "back", "the killed server's return");
            (await client.CountToolsAsync()).Should().Be(2 * StubTools, "nothing was deleted");
        }
    }

    [Fact]
    public async Task ServersFile_Changed_IsTakenInWithoutRestart()
    {
        string file = Programs.ServersFile(_folder.FullPath, ["one"]);
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(_folder.FullPath, "--servers", file);
        await using (server)
        {
            await using McpClient client = await McpClients.ConnectAsync(address);
            await client.WaitForToolsAsync(StubTools);
            string good = await File.ReadAllTextAsync(file);
            await File.WriteAllTextAsync(file, "{ broken");
            (await client.CountToolsAsync()).Should().Be(StubTools, "a broken file changes nothing");

            await File.WriteAllTextAsync(file, good.Replace("\"one\":", "\"three\":", StringComparison.Ordinal));

            await Eventually.IsAsync(async () => (await client.FindAsync("echo"))[0] == "three/echo", "the new server");
            (await client.CountToolsAsync()).Should().Be(StubTools, "the old one is gone from a complete file");
        }
    }

    [Fact]
    public async Task Tool_AddedByARunningServer_IsFoundWithoutWaitingForThePoll()
    {
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(_folder.FullPath, AdditionsAreTrusted, "--servers", Programs.ServersFile(_folder.FullPath, ["one"]));
        await using (server)
        {
            await using McpClient client = await McpClients.ConnectAsync(address);
            await client.WaitForToolsAsync(StubTools);

            await client.CallAsync("one", "grow", new { name = "paint_a_picture" });

            await Eventually.IsAsync(async () => (await client.FindAsync("paint a picture"))[0] == "one/paint_a_picture", "the new tool");
        }
    }

    [Theory]
    [InlineData(false, "2025-11-25")]
    [InlineData(true, "2025-11-25")]
    [InlineData(false, "2026-07-28")]
    [InlineData(true, "2026-07-28")]
    public async Task Tools_Changed_TheClientIsTold(bool overStdio, string version)
    {
        string file = Programs.ServersFile(_folder.FullPath, ["one"]);
        (OptimizerProcess server, Uri address) = overStdio ? default : await OptimizerProcess.ServeAsync(_folder.FullPath, AdditionsAreTrusted, "--servers", file);
        await using OptimizerProcess? ended = server;
        await using McpClient client = overStdio
            ? await McpClients.StartAsync(version, AdditionsAreTrusted, "--servers", file, "--db", _folder.Combine("optimizer.db"))
            : await McpClients.ConnectAsync(address, version: version);
        await client.WaitForToolsAsync(StubTools);
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using IAsyncDisposable listening = client.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, async (_, token) =>
        {
            // Other notifications may come first: about the resources that the first look at the stub brings.
            if ((await client.ListToolsAsync(cancellationToken: token)).Single(tool => tool.Name == "find_tool").Description.Contains("15 tools", StringComparison.Ordinal))
            {
                told.TrySetResult();
            }
        });

        using CancellationTokenSource enough = new();
        Task subscription = Task.CompletedTask;
        if (version == "2026-07-28")
        {
            // Without a session there is nobody to tell but those who listen.
            JsonNode parameters = JsonNode.Parse("""{"notifications":{"toolsListChanged":true}}""")!;
            subscription = client.SendRequestAsync(new JsonRpcRequest { Method = "subscriptions/listen", Params = parameters }, enough.Token);
        }

        await client.CallAsync("one", "grow", new { name = "paint_a_picture" });

        Task first = await Task.WhenAny(told.Task.WaitAsync(TimeSpan.FromSeconds(60)), version == "2026-07-28" ? subscription : told.Task);
        await first;
        told.Task.IsCompleted.Should().BeTrue("the subscription lasts");
        await enough.CancelAsync();
        await told.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Kill9_DuringIngestion_NextStartIsConsistent()
    {
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"server{i}")];
        string file = Programs.ServersFile(_folder.FullPath, names);
        (OptimizerProcess first, Uri firstAddress) = await OptimizerProcess.ServeAsync(_folder.FullPath, "--servers", file);
        await using (first)
        {
            await using McpClient client = await McpClients.ConnectAsync(firstAddress);
            await client.WaitForToolsAsync(1);
            first.Process.Kill();
            await first.Process.WaitForExitAsync();
        }

        (OptimizerProcess second, Uri address) = await OptimizerProcess.ServeAsync(_folder.FullPath, "--servers", file);
        await using (second)
        {
            await using McpClient client = await McpClients.ConnectAsync(address);
            int stored = await client.CountToolsAsync();
            (stored % StubTools).Should().Be(0, "a server is stored with all its tools or not at all");
            await client.WaitForToolsAsync(names.Length * StubTools);
            (await client.CountToolsAsync()).Should().Be(names.Length * StubTools);
        }
    }

    [Fact]
    public async Task Health_And_Ready_SayHowItStands()
    {
        (OptimizerProcess _, Uri address) = await SharedServer.GetAsync();
        using HttpClient http = new() { BaseAddress = address };

        (await http.GetAsync("/health")).StatusCode.Should().Be(HttpStatusCode.OK);
        await Eventually.IsAsync(
            async () =>
            {
                using HttpResponseMessage ready = await http.GetAsync("/ready");
                return ready.IsSuccessStatusCode && (await ready.Content.ReadAsStringAsync()).Contains("servers at", StringComparison.Ordinal);
            },
            "the source's first success");
        (await http.GetStringAsync("/ready")).Should().Contain("Index loaded");
    }
}
