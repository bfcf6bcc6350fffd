using System.Diagnostics;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Benchmarks.Soak;

/// <summary>One client that finds, calls and lists, one after the other, with a little pause.</summary>
internal sealed class SoakClient(Uri server, string era, int number, int pipes, SoakTally tally)
{
    private const string Text = "soak";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly string[] Needs = ["echo a text", "read a file and tell what is in it", "wait a while", "what time is it"];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                HttpClientTransport transport = new(new HttpClientTransportOptions { Endpoint = new Uri(server, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp });
                await using McpClient client = await McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = era }, cancellationToken: cancellationToken);
                await RoundsAsync(client, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                tally.Failed($"the session broke: {e.Message}", isHarmed: false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task RoundsAsync(McpClient client, CancellationToken cancellationToken)
    {
        for (int round = number; ; round++)
        {
            (string tool, Dictionary<string, object?> arguments, bool isHarmed) = (round % 8) switch
            {
                0 or 3 => ("find_tool", new Dictionary<string, object?> { ["tool_description"] = Needs[round / 4 % Needs.Length] }, false),
                1 or 5 or 6 => Echo($"pipe{round / 8 % pipes}"),
                7 => ("list_tools", [], false),
                _ => Echo("web"),
            };
            long began = Stopwatch.GetTimestamp();
            CallToolResult result = await client.CallToolAsync(tool, arguments, cancellationToken: cancellationToken);
            tally.Took(Stopwatch.GetElapsedTime(began));
            string said = string.Join(' ', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
            if (result.IsError == true)
            {
                // A program that is being started says so, and when to come again.
                tally.Failed(said, isHarmed || said.Contains("is still starting", StringComparison.Ordinal));
            }
            else if (tool == "call_tool" && !said.Contains(Text, StringComparison.Ordinal))
            {
                tally.Failed("a wrong answer: " + said, isHarmed: false);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    // A call whose program is killed, or whose server forgets the session, while it runs may fail: nobody can know whether it was done.
    private static (string, Dictionary<string, object?>, bool) Echo(string backend) =>
        ("call_tool", new Dictionary<string, object?> { ["server_name"] = backend, ["tool_name"] = "echo", ["parameters"] = new Dictionary<string, object?> { ["text"] = Text } }, backend != "web");
}
