using System.Buffers;
using System.Text.Json;
using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>What a tool answers: a value to be written, or JSON that is passed on as it arrives.</summary>
internal sealed class ToolResult
{
    private readonly Action<IBufferWriter<byte>, ContractJson>? _write;

    private ToolResult(Action<IBufferWriter<byte>, ContractJson>? write, JsonPayload? payload, IReadOnlyList<KeyValuePair<string, string>> members)
    {
        _write = write;
        Payload = payload;
        Members = members;
    }

    /// <summary>The JSON to pass on; null when there is a value.</summary>
    public JsonPayload? Payload { get; }

    /// <summary>Members to put in front of those of the payload, in camelCase.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Members { get; }

    public static ToolResult Of<T>(T value) => new(
        (buffer, json) =>
        {
            using Utf8JsonWriter writer = new(buffer, ContractJson.WriterOptions);
            JsonSerializer.Serialize(writer, value, json.TypeInfo<T>());
        },
        null,
        []);

    public static ToolResult Of(RunPage page) => new(
        (buffer, json) =>
        {
            using Utf8JsonWriter writer = new(buffer, ContractJson.WriterOptions);
            json.Runs.Write(writer, page);
        },
        null,
        []);

    public static ToolResult Of(JsonPayload payload, params IReadOnlyList<KeyValuePair<string, string>> members) => new(null, payload, members);

    public void WriteTo(IBufferWriter<byte> buffer, ContractJson json) => _write!(buffer, json);
}
