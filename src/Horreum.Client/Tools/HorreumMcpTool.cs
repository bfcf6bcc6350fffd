using System.Buffers;
using System.Text;
using System.Text.Json;
using Horreum.Client.Models;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Horreum.Client.Tools;

/// <summary>A tool over MCP.</summary>
internal sealed class HorreumMcpTool : McpServerTool
{
    private readonly HorreumToolRunner _runner;
    private readonly bool _structured;

    public HorreumMcpTool(HorreumTool tool, HorreumToolRunner runner, ContractNaming naming)
    {
        _runner = runner;
        _structured = tool.OutputSchema is not null;
        ProtocolTool = tool.Describe(JsonElement.Parse(tool.Input(naming).ToJsonString()), tool.Output(naming));
    }

    public override Tool ProtocolTool { get; }

    public override IReadOnlyList<object> Metadata => [];

    public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default) =>
        await CallAsync(_runner, ProtocolTool.Name, request.Params?.Arguments, _structured, cancellationToken).ConfigureAwait(false);

    /// <summary>Runs a tool of any name and answers what MCP wants: text, and the same as structured content where it is an object.</summary>
    public static async Task<CallToolResult> CallAsync(
        HorreumToolRunner runner,
        string name,
        IDictionary<string, JsonElement>? arguments,
        bool structured,
        CancellationToken cancellationToken)
    {
        string? outer = CorrelationId.Current;
        CorrelationId.Current ??= CorrelationId.Accept(null);
        try
        {
            ToolReply reply = await runner.RunAsync(name, arguments ?? Enumerable.Empty<KeyValuePair<string, JsonElement>>(), cancellationToken).ConfigureAwait(false);
            await using (reply.ConfigureAwait(false))
            {
                return reply.IsStreamed
                    ? await ReadStreamAsync(runner, reply, structured, cancellationToken).ConfigureAwait(false)
                    : ToResult(Write(reply), reply.IsError, structured || reply.IsError);
            }
        }
        finally
        {
            CorrelationId.Current = outer;
        }
    }

    private static async Task<CallToolResult> ReadStreamAsync(HorreumToolRunner runner, ToolReply reply, bool structured, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        try
        {
            await reply.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
            byte[] bytes = body.ToArray();
            Check(bytes);
            return ToResult(bytes, false, structured);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            ToolReply refused = e is JsonException ? runner.Refuse(502, "Horreum answered with something that is not JSON.") : runner.Refuse(e);
            await using (refused.ConfigureAwait(false))
            {
                return ToResult(Write(refused), true, true);
            }
        }
    }

    private static ReadOnlyMemory<byte> Write(ToolReply reply)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        reply.WriteTo(buffer);
        return buffer.WrittenMemory;
    }

    private static void Check(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        while (reader.Read())
        {
        }
    }

    private static CallToolResult ToResult(ReadOnlyMemory<byte> json, bool isError, bool structured)
    {
        // A bare word, such as ping's, reads better without its quotes.
        string text = json.Span is [(byte)'"', ..] ? JsonElement.Parse(json.Span).GetString()! : Encoding.UTF8.GetString(json.Span);
        return new CallToolResult
        {
            IsError = isError,
            Content = [new TextContentBlock { Text = text }],
            StructuredContent = structured ? ToObject(json.Span) : null,
        };
    }

    // Structured content is an object: a list becomes its only member.
    private static JsonElement ToObject(ReadOnlySpan<byte> json) => json is [(byte)'[', ..]
        ? JsonElement.Parse([.. "{\"items\":"u8, .. json, (byte)'}'])
        : JsonElement.Parse(json);
}
