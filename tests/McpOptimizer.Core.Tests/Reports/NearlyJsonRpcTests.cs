using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Clients.Backends;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Tests.Backends;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Tests.Reports;

/// <summary>Issue 14, 6: where the id of an answer can be read the call ends at once, with what came.</summary>
public sealed class NearlyJsonRpcTests
{
    private const string Ok = """{"content":[{"type":"text","text":"ok"}]}""";

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":"$ID","result":""" + Ok + "}")]
    [InlineData("""{"jsonrpc":"2.0","id":$ID.0,"result":""" + Ok + "}")]
    [InlineData("""{"id":$ID,"result":""" + Ok + "}")]
    [InlineData("""{"jsonrpc":"1.0","id":$ID,"result":""" + Ok + ""","error":null}""")]
    [InlineData("""[{"jsonrpc":"2.0","id":$ID,"result":""" + Ok + "}]")]
    [InlineData("""INFO {"a":1} answering {"jsonrpc":"2.0","id":$ID,"result":""" + Ok + "}")]
    [InlineData("""{"jsonrpc":"2.0","id":$ID,"result":""" + Ok + "} done")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/message","params":{}}{"jsonrpc":"2.0","id":$ID,"result":""" + Ok + "}")]
    [InlineData("{\n  \"jsonrpc\": \"2.0\",\n  \"id\": $ID,\n  \"result\": " + Ok + "\n}")]
    [InlineData("{\n  \"jsonrpc\": \"2.0\",\r\n  \"id\": $ID,\r\n\r\n  \"result\": " + Ok + "\r\n}")]
    [InlineData("{ log line with a brace\n{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":" + Ok + "}")]
    [InlineData("\uFEFF{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":" + Ok + "}")]
    public void Append_AnswerThatIsNearlyRight_IsTheAnswer(string text)
    {
        JsonRpcResponse answer = Read(text.Replace("$ID", "1000001", StringComparison.Ordinal) + "\n").OfType<JsonRpcResponse>().Should().ContainSingle().Subject;

        answer.Id.Should().Be(new RequestId(1000001));
        answer.Result!.ToJsonString().Should().Be(Ok);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":"plain text"}""", "plain text", -32603)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":{"code":-32000}}""", """{"code":-32000}""", -32000)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":{"code":"ENOENT","message":"no such file"}}""", "no such file (ENOENT)", -32603)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":{"code":"-32001","message":"gone"}}""", "gone", -32001)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":{"message":{"deep":"no"}}}""", """{"message":{"deep":"no"}}""", -32603)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":["a"]}""", """["a"]""", -32603)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"content":[]}""", "neither a result nor an error: {\"jsonrpc\":\"2.0\",\"id\":7,\"content\":[]}", -32603)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{"a":NaN}}""", "the answer is not JSON: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"a\":NaN}}", -32700)]
    public void Append_ErrorThatIsNearlyRight_SaysWhatCame(string text, string message, int code)
    {
        JsonRpcError answer = Read(text + "\n").Should().ContainSingle().Which.Should().BeOfType<JsonRpcError>().Subject;

        answer.Id.Should().Be(new RequestId(7));
        answer.Error.Message.Should().Contain(message);
        answer.Error.Code.Should().Be(code);
    }

    [Theory]
    [InlineData("""{"level":"info","msg":"started"}""")]
    [InlineData("""{"level":"error","id":7}""")]
    [InlineData("[2026-11-29] {starting}")]
    [InlineData("npm notice")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    public void Append_OtherText_IsNoMessage(string text) => Read(text + "\n" + text + "\n").Should().BeEmpty();

    [Fact]
    public void End_LastLineWithoutItsEnd_IsRead() => Read("""{"jsonrpc":"2.0","id":7,"result":{}}""").Should().ContainSingle();

    [Fact]
    public void End_MessageBrokenOff_EndsTheCallWithWhatCame() =>
        Read("""{"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"half""").Should().ContainSingle()
            .Which.Should().BeOfType<JsonRpcError>().Which.Error.Message.Should().Contain("half");

    [Fact]
    public void Append_TextWithARealLineEnd_IsJoined()
    {
        JsonRpcResponse answer = (JsonRpcResponse)Read("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"text\":\"one\ntwo\"}}\n").Single();

        answer.Result!["text"]!.GetValue<string>().Should().Be("one\ntwo");
    }

    [Fact]
    public void Append_DeepAnswer_IsRead()
    {
        JsonRpcResponse answer = (JsonRpcResponse)Read("""{"jsonrpc":"2.0","id":7,"result":{"a":@1}}""".Replace("@1", Nested(300), StringComparison.Ordinal) + "\n").Single();

        answer.Result!["a"]!.ToJsonString().Should().Be(Nested(300));
    }

    [Fact]
    public void Append_AnswerDeeperThanCanBeRead_SaysSoAtOnce() =>
        Read("""{"jsonrpc":"2.0","id":7,"result":{"a":@1}}""".Replace("@1", Nested(700), StringComparison.Ordinal) + "\n").Single().Should().BeOfType<JsonRpcError>()
            .Which.Error.Message.Should().Contain("nested 702 levels deep; 512 can be read");

    [Fact]
    public void Append_ListingWithADefinitionDeeperThanCanBeRead_LosesThatDefinition()
    {
        JsonRpcResponse answer = (JsonRpcResponse)Read(
            """{"jsonrpc":"2.0","id":7,"result":{"tools":[{"name":"a"},{"name":"deep","inputSchema":{"x":@1}},{"name":"b"}]}}""".Replace("@1", Nested(700), StringComparison.Ordinal) + "\n").Single();

        answer.Result!["tools"]!.AsArray().Select(tool => tool!["name"]!.GetValue<string>()).Should().Equal("a", "b");
    }

    [Fact]
    public void Append_MessagesAmongNoiseInAnyPieces_AllArriveInOrder()
    {
        Random random = new(7);
        for (int round = 0; round < 300; round++)
        {
            StringBuilder text = new();
            List<long> ids = [];
            for (int at = 0; at < 8; at++)
            {
                string message = string.Create(CultureInfo.InvariantCulture, $"{{\"jsonrpc\":\"2.0\",\"id\":{at},\"result\":{{\"text\":\"{RandomText(random)}\"}}}}");
                ids.Add(at);
                text.Append(random.Next(6) switch
                {
                    0 => "log: " + message + "\n",
                    1 => JsonNode.Parse(message)!.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }) + "\n",
                    2 => "some noise\n\n" + message + "\r\n",
                    3 => $"[{message}]\n",
                    4 => message,
                    _ => message + "\n",
                });
                text.Append(text[^1] == '\n' || at == 7 ? "" : " ");
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
            List<JsonRpcMessage> read = [];
            StdioFrames frames = new(1_000_000, read.Add, _ => { }, _ => { });
            for (int at = 0; at < bytes.Length;)
            {
                int length = Math.Min(bytes.Length - at, random.Next(1, 40));
                frames.Append(bytes.AsSpan(at, length));
                at += length;
            }

            frames.End();
            read.OfType<JsonRpcResponse>().Select(message => (long)message.Id.Id!).Should().Equal(ids, "in {0}", text);
        }
    }

    [Fact]
    public void Append_AnyBytes_NeverFails()
    {
        Random random = new(8);
        byte[][] pieces = [.. new[] { "{", "}", "[", "]", "\"", "\\", "\n", "\r", ":", ",", "\"id\"", "1", "\"jsonrpc\"", "\"2.0\"", "\"result\"", "\\ud83d", "x", " ", "\"method\"" }
            .Select(Encoding.UTF8.GetBytes), [0xFF], [0xED, 0xA0, 0xBD], [0]];
        for (int round = 0; round < 3_000; round++)
        {
            StdioFrames frames = new(200, _ => { }, _ => { }, _ => { });
            for (int at = 0; at < 60; at++)
            {
                frames.Append(pieces[random.Next(pieces.Length)]);
            }

            frames.End();
        }
    }

    [Fact]
    public void Append_MessageOverTheLimit_IsRefusedAndTheNextOneRead()
    {
        List<JsonRpcMessage> read = [];
        List<long> oversized = [];
        StdioFrames frames = new(200, read.Add, _ => { }, oversized.Add);

        frames.Append(Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"result":{"t":"@1"}}""".Replace("@1", new string('x', 300), StringComparison.Ordinal) + "\n" + """{"jsonrpc":"2.0","id":2,"result":{}}""" + "\n"));

        oversized.Should().ContainSingle();
        read.Should().HaveCount(2);
        read[0].Should().BeOfType<JsonRpcError>().Which.Error.Code.Should().Be(OversizedMessage.Code);
    }

    [Theory]
    [InlineData("\n", 1)]
    [InlineData("\n", 7)]
    [InlineData("\r\n", 1)]
    [InlineData("\r\n", 5)]
    [InlineData("\r", 1)]
    [InlineData("\r", 1_000)]
    public async Task Events_NearlyRight_AreBroughtIntoOrderAndOthersLeftAlone(string end, int piece)
    {
        string[] lines =
        [
            ": ping", "",
            "event: endpoint", "data: /messages?s=1", "",
            "id: 5", "event: message", """data: {"jsonrpc":"2.0","id":"9","result":{"text":"\ud83d"}}""", "",
            """data: {"jsonrpc":"2.0",""", """data: "id":10,"result":{}}""", "",
            """data: {"jsonrpc":"2.0","id":11,"result":{"a":@1}}""".Replace("@1", Nested(300), StringComparison.Ordinal), "",
        ];
        RecordingLogs logs = new();
        using LoggerFactory factory = new([logs]);
        HttpFrames frames = new("web", new FrameWarnings(factory));

        string read = await ReadAsync(string.Join(end, lines) + end, piece, frames, isShared: true);

        string[] events = read.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events[0].Should().Be(": ping");
        events[1].Should().Be("event: endpoint\ndata: /messages?s=1");
        events[2].Should().StartWith("id: 5\nevent: message\ndata: {").And.Contain("\"id\":9").And.Contain("{\"text\":\"\uFFFD\"}");
        events[3].Should().Be("data: {\"jsonrpc\":\"2.0\",\ndata: \"id\":10,\"result\":{}}");
        JsonRpcResponse held = new() { Id = new RequestId(11), Result = new JsonObject() };
        frames.Restore(held);
        held.Result!["a"]!.ToJsonString().Should().Be(Nested(300), "the SDK could not have read it");
        logs.Lines.Count(line => line.Contains("not quite JSON-RPC", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task Events_OversizedOnASharedStream_IsReplacedByItsError()
    {
        string text = $"data: {{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{{\"t\":\"{new string('x', 5_000)}\"}}}}\n\ndata: {{\"jsonrpc\":\"2.0\",\"id\":10,\"result\":{{}}}}\n\n";

        string read = await ReadAsync(text, 100, new HttpFrames("web", new FrameWarnings(NullLoggerFactory.Instance)), isShared: true, limit: 2_000);

        read.Should().Contain("\"id\":9").And.Contain("-32900").And.Contain("\"id\":10").And.NotContain("xxxx");
    }

    [Theory]
    [InlineData("text_id", "ok")]
    [InlineData("text_content", "just text")]
    public async Task Call_StdioServerNearlyRight_GivesTheAnswer(string tool, string text)
    {
        await using BackendFixture fixture = new();
        using TempFile raw = new();

        BackendCallResult result = await CallRawAsync(fixture, raw, tool);

        result.Json.ToJsonString().Should().Contain(text);
    }

    [Theory]
    [InlineData("text_error", "plain text")]
    [InlineData("no_message", "-32000")]
    [InlineData("no_object", "just text")]
    public async Task Call_StdioServerAnswersAnErrorNearlyRight_FailsAtOnceWithWhatCame(string tool, string text)
    {
        await using BackendFixture fixture = new();
        using TempFile raw = new();

        Func<Task> call = () => CallRawAsync(fixture, raw, tool);

        (await call.Should().ThrowAsync<BackendException>()).Which.Message.Should().Contain(text);
        fixture.Logs.Lines.Count(line => line.Contains("not quite JSON-RPC", StringComparison.Ordinal)).Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Call_SameServerOddOften_IsWarnedOfOnce()
    {
        await using BackendFixture fixture = new();
        using TempFile raw = new();
        BackendEndpoint endpoint = Raw(raw);

        await fixture.Backends.CallAsync(endpoint, "text_id");
        await fixture.Backends.CallAsync(endpoint, "text_id");

        fixture.Logs.Lines.Count(line => line.Contains("has the id as text", StringComparison.Ordinal) && line.Contains("Warning", StringComparison.Ordinal)).Should().Be(1);
    }

    private static Task<BackendCallResult> CallRawAsync(BackendFixture fixture, TempFile raw, string tool) => fixture.Backends.CallAsync(Raw(raw), tool);

    private static BackendEndpoint Raw(TempFile file)
    {
        File.WriteAllText(file.Path, new JsonObject
        {
            ["text_id"] = """{"jsonrpc":"2.0","id":"$ID","result":""" + Ok + "}\n",
            ["text_content"] = """{"jsonrpc":"2.0","id":$ID,"result":{"content":"just text"}}""" + "\n",
            ["text_error"] = """{"jsonrpc":"2.0","id":$ID,"error":"plain text"}""" + "\n",
            ["no_message"] = """{"jsonrpc":"2.0","id":$ID,"error":{"code":-32000}}""" + "\n",
            ["no_object"] = """{"jsonrpc":"2.0","id":$ID,"result":"just text"}""" + "\n",
        }.ToJsonString());
        return BackendFixture.Stdio("s", "--raw", file.Path);
    }

    private static async Task<string> ReadAsync(string text, int piece, HttpFrames frames, bool isShared, long limit = 1_000_000)
    {
        await using RpcEventStream stream = new(new PiecewiseStream(Encoding.UTF8.GetBytes(text), piece), limit, frames, isShared);
        using MemoryStream read = new();
        await stream.CopyToAsync(read);
        return Encoding.UTF8.GetString(read.ToArray());
    }

    private static List<JsonRpcMessage> Read(string text)
    {
        List<JsonRpcMessage> read = [];
        StdioFrames frames = new(1_000_000, read.Add, _ => { }, _ => { });
        frames.Append(Encoding.UTF8.GetBytes(text));
        frames.End();
        return read;
    }

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("[", levels)) + string.Concat(Enumerable.Repeat("]", levels));

    private static string RandomText(Random random) => string.Concat(Enumerable.Range(0, random.Next(10)).Select(_ => new[] { "a", "{", "}", "[", "\\\"", "\\n", "id", ":", " ", "\\\\" }[random.Next(10)]));

    private sealed class PiecewiseStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
