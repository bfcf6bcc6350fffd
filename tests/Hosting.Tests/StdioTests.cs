using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared.Testing;

namespace Hosting.Tests;

/// <summary>A host process over standard input and output.</summary>
public sealed class StdioTests
{
    [Theory]
    [InlineData(TestHost.Handshake)]
    [InlineData(TestHost.PerRequest)]
    public async Task CallTool_EachEra_ReturnsTheAnswer(string version)
    {
        StdioClientTransport transport = new(new StdioClientTransportOptions { Command = "dotnet", Arguments = [HostProcess.Program, "--stdio"] });
        McpClientOptions options = new() { ProtocolVersion = version, InitializationTimeout = TestHost.Patience };
        options.DiscoverProbeTimeout = TestHost.Patience;
        await using McpClient client = await McpClient.CreateAsync(transport, options);

        CallToolResult result = await client.CallToolAsync("test_simple_text");

        client.ServerInfo!.Name.Should().Be("conformance-fixture");
        result.Content.OfType<TextContentBlock>().Single().Text.Should().Be("This is a simple text response for testing.");
    }

    [Theory]
    [InlineData(600, "nested deeper than 512 levels")]
    [InlineData(100, null)]
    public async Task Write_DeepMessage_IsAnswered(int levels, string? refusal)
    {
        await using HostProcess process = await OpenAsync();
        string deep = string.Concat(Enumerable.Repeat("[", levels)) + new string(']', levels);
        await process.Input.WriteLineAsync(Rpc.Call("test_simple_text", $"{{\"x\":{deep}}}").Trim());

        JsonNode answer = JsonNode.Parse((await process.Output.ReadLineAsync().WaitAsync(TestHost.Patience))!)!;

        answer["id"]!.GetValue<int>().Should().Be(7);
        if (refusal is null)
        {
            answer["result"].Should().NotBeNull();
        }
        else
        {
            answer["error"]!["message"]!.GetValue<string>().Should().Contain(refusal);
        }
    }

    [Fact]
    public async Task Terminate_CallRunning_AnswersThenEndsWithZero()
    {
        await using HostProcess process = await OpenAsync();
        await process.Input.WriteLineAsync(Rpc.Call("test_tool_with_logging").Trim());
        (await process.Output.ReadLineAsync().WaitAsync(TestHost.Patience)).Should().Contain("Tool execution started");

        await process.TerminateAsync();

        string rest = await process.Output.ReadToEndAsync().WaitAsync(TestHost.Patience);
        rest.Should().Contain("Tool with logging executed successfully");
        (await process.ExitCodeAsync()).Should().Be(0);
    }

    [Fact]
    public async Task CloseInput_CallRunning_AnswersThenEndsWithZero()
    {
        await using HostProcess process = await OpenAsync();
        await process.Input.WriteLineAsync(Rpc.Call("test_tool_with_logging").Trim());
        process.Input.Close();

        string rest = await process.Output.ReadToEndAsync().WaitAsync(TestHost.Patience);

        rest.Should().Contain("Tool with logging executed successfully");
        (await process.ExitCodeAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Run_LogsAreWritten_StandardOutputHoldsMessagesOnly()
    {
        await using HostProcess process = await OpenAsync();
        await process.Input.WriteLineAsync(Rpc.Call("test_error_handling").Trim());
        process.Input.Close();

        string[] lines = (await process.Output.ReadToEndAsync().WaitAsync(TestHost.Patience)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Should().OnlyContain(line => JsonNode.Parse(line, null, default)!["jsonrpc"]!.GetValue<string>() == "2.0");
        await process.ExitCodeAsync();
        process.Errors.Should().Contain(line => line.Contains("Application started"));
    }

    [Fact]
    public async Task Start_ServiceStillStarting_GreetsAndListsAtOnceAndOtherRequestsWait()
    {
        using TemporaryFolder folder = new();
        await using HostProcess process = HostProcess.Start("--stdio", $"--SlowStart:Until={folder.Combine("go")}");
        await process.Input.WriteLineAsync(Rpc.Initialize().Trim());
        (await process.Output.ReadLineAsync().WaitAsync(TestHost.Patience)).Should().Contain("conformance-fixture");
        await process.Input.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");

        await process.Input.WriteLineAsync(Rpc.Call("test_simple_text").Trim());
        await process.Input.WriteLineAsync("""{"jsonrpc":"2.0","id":"tools","method":"tools/list"}""");
        await process.Input.WriteLineAsync("""{"jsonrpc":"2.0","id":"alive","method":"ping"}""");

        string[] early = [(await process.Output.ReadLineAsync().WaitAsync(TestHost.Patience))!, (await process.Output.ReadLineAsync().WaitAsync(TestHost.Patience))!];
        early.Select(line => JsonNode.Parse(line)!["id"]!.ToString()).Should().BeEquivalentTo("tools", "alive");
        await File.WriteAllTextAsync(folder.Combine("go"), "");
        (await process.Output.ReadLineAsync().WaitAsync(TestHost.Patience)).Should().Contain("This is a simple text response for testing.");
        process.Input.Close();
        (await process.ExitCodeAsync()).Should().Be(0);
    }

    [Fact]
    public async Task CloseInput_ServiceStillStarting_AnswersThenEndsWithZero()
    {
        using TemporaryFolder folder = new();
        await using HostProcess process = HostProcess.Start("--stdio", "--Host:EndOfInputTimeout=00:01:00", $"--SlowStart:Until={folder.Combine("go")}");
        await process.Input.WriteLineAsync(Rpc.Initialize().Trim());
        (await process.Output.ReadLineAsync().WaitAsync(TestHost.Patience)).Should().Contain("conformance-fixture");
        await process.Input.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await process.Input.WriteLineAsync(Rpc.Call("test_simple_text").Trim());
        process.Input.Close();

        await File.WriteAllTextAsync(folder.Combine("go"), "");

        string rest = await process.Output.ReadToEndAsync().WaitAsync(TestHost.Patience);
        int code = await process.ExitCodeAsync();
        rest.Should().Contain("This is a simple text response for testing.", string.Join('\n', process.Errors));
        code.Should().Be(0);
    }

    [Fact]
    public async Task Start_ServiceFails_EndsWithTheReason()
    {
        using TemporaryFolder folder = new();
        await using HostProcess process = HostProcess.Start("--stdio", $"--SlowStart:Until={folder.Combine("go")}");
        await process.Input.WriteLineAsync(Rpc.Initialize().Trim());
        (await process.Output.ReadLineAsync().WaitAsync(TestHost.Patience)).Should().Contain("conformance-fixture");
        await process.Input.WriteLineAsync(Rpc.Call("test_simple_text").Trim());

        // Moved into place whole: a file that is there before its text would mean that all is well.
        await File.WriteAllTextAsync(folder.Combine("fault"), "The service has no luck.");
        File.Move(folder.Combine("fault"), folder.Combine("go"));

        (await process.ExitCodeAsync()).Should().Be(2);
        process.Errors.Should().Contain("The service has no luck.");
        (await process.Output.ReadToEndAsync().WaitAsync(TestHost.Patience)).Should().BeEmpty();
    }

    private static async Task<HostProcess> OpenAsync()
    {
        // As for a shell that pipes requests in: the answers count, however busy the machine is.
        HostProcess process = HostProcess.Start("--stdio", "--Host:EndOfInputTimeout=00:01:00");
        await process.Input.WriteLineAsync(Rpc.Initialize().Trim());
        (await process.Output.ReadLineAsync().WaitAsync(TestHost.Patience)).Should().Contain("conformance-fixture");
        await process.Input.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return process;
    }
}
