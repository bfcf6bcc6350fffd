using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Horreum.Client.Tools;
using Horreum.Server.Llm;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Horreum.Server.Query;

/// <summary>
/// The tools as the LLM gets them: only those that read, since what it reads in Horreum may try to talk it into something, and results of a bounded size.
/// </summary>
internal sealed class QueryTools
{
    private readonly HorreumToolRunner _runner;
    private readonly TimeProvider _time;
    private readonly int _limit;

    public QueryTools(IServiceProvider services, LlmSettings settings)
    {
        (_runner, _time, _limit) = (services.GetRequiredService<HorreumToolRunner>(), services.GetRequiredService<TimeProvider>(), settings.MaxResultBytes);
        IEnumerable<Tool> reading = services.GetServices<McpServerTool>().Select(tool => tool.ProtocolTool).Where(tool => tool.Annotations?.ReadOnlyHint == true);
        Offered = [.. reading.Select(tool => new LlmTool(tool.Name.Replace('.', '_'), tool.Description ?? "", tool.InputSchema))];
    }

    public IReadOnlyList<LlmTool> Offered { get; }

    /// <summary>Makes a call. What goes wrong is told to the LLM, so that it can do better.</summary>
    public async Task<QueryToolCall> CallAsync(LlmToolCall call, CancellationToken cancellationToken)
    {
        long started = _time.GetTimestamp();
        if (!Offered.Any(tool => tool.Name == call.Name))
        {
            string names = string.Join(", ", Offered.Select(tool => tool.Name));
            return NotMade(call, call.Arguments, $"There is no tool '{call.Name}'; there are {names}.");
        }

        string text = string.IsNullOrWhiteSpace(call.Arguments) ? "{}" : call.Arguments;
        JsonObject? arguments;
        try
        {
            arguments = JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            arguments = null;
        }

        if (arguments is null)
        {
            return NotMade(call, call.Arguments, $"The arguments of {call.Name} are not a JSON object.");
        }

        await using ToolReply reply = await _runner.RunAsync(call.Name, Encoding.UTF8.GetBytes(text), cancellationToken);
        (JsonNode result, bool isError) = await ReadAsync(reply, cancellationToken);
        return new QueryToolCall(call.Name, arguments, result, _time.GetElapsedTime(started).TotalMilliseconds, NotMade: false, isError);
    }

    /// <summary>The record of a call that is not made.</summary>
    public static QueryToolCall NotMade(LlmToolCall call, JsonNode? arguments, string error) =>
        new(call.Name, arguments ?? "", new JsonObject { ["error"] = error }, 0, NotMade: true, IsError: true);

    private async Task<(JsonNode Result, bool IsError)> ReadAsync(ToolReply reply, CancellationToken cancellationToken)
    {
        await using CappedStream body = new(_limit);
        try
        {
            if (reply.IsStreamed)
            {
                await reply.CopyToAsync(body, cancellationToken);
            }
            else
            {
                ArrayBufferWriter<byte> buffer = new();
                reply.WriteTo(buffer);
                body.Write(buffer.WrittenSpan);
            }

            return (body.Length > body.Kept.Length ? Cut(body) : JsonNode.Parse(body.Kept.Span, documentOptions: LlmDialects.Deep) ?? new JsonObject(), reply.IsError);
        }
        catch (JsonException)
        {
            return (new JsonObject { ["error"] = "Horreum answered with something that is not JSON." }, true);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            await using ToolReply refusal = _runner.Refuse(e);
            return await ReadAsync(refusal, cancellationToken);
        }
    }

    private static JsonObject Cut(CappedStream body)
    {
        ReadOnlySpan<byte> kept = body.Kept.Span;
        int end = kept.Length - 1;
        while (end > 0 && (kept[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return new JsonObject
        {
            ["truncated"] = true,
            ["bytes"] = body.Length,
            ["hint"] = "The result is larger than is shown: ask for less, with a filter, fewer labels or a smaller page.",
            ["text"] = Encoding.UTF8.GetString(kept[..end]),
        };
    }
}
