using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// Reads JSON-RPC as backends write it, which is not always JSON-RPC. Where the id can be read the call it answers ends at once, with what came;
/// the SDK would throw the message away and let the caller wait.
/// </summary>
internal static class JsonRpcFrames
{
    /// <summary>How deep messages may be nested that go through the SDK.</summary>
    public const int DeepestPlain = 60;

    private const int InvalidMessage = -32603;
    private const int NoJson = -32700;
    private const int LongestQuote = 1_000;
    private const string PrunedMark = "(mcp-optimizer: nested too deep)";

    private static readonly string[] ListMembers = ["tools", "resources", "resourceTemplates", "prompts"];

    private static readonly JsonDocumentOptions Plain = new() { MaxDepth = DeepestPlain, AllowDuplicateProperties = false };

    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>Reads one JSON text, a message or a batch of them; false when it is no JSON.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out RpcFrame frame)
    {
        byte[]? repaired = JsonText.Repair(json);
        bool isPlain = repaired is null;
        string? oddity = null;
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(repaired ?? json, documentOptions: Plain);
        }
        catch (JsonException)
        {
            isPlain = false;
            try
            {
                root = JsonText.Parse(repaired ?? json);
            }
            catch (JsonException)
            {
                frame = new RpcFrame([], null, IsPlain: false);
                if (TryReadListing(repaired ?? json) is not { } listing)
                {
                    return false;
                }

                root = listing;
                oddity = "lists definitions that are nested too deep; they are left out";
            }
        }

        JsonRpcMessage?[] messages = root switch
        {
            JsonObject message => [Build(message, ref oddity)],
            JsonArray batch => BuildAll(batch, ref oddity),
            _ => [],
        };
        frame = new RpcFrame([.. messages.OfType<JsonRpcMessage>()], oddity, isPlain && oddity is null);
        return true;
    }

    /// <summary>What stands for a message that is no JSON: an error for the request it answers, if its id can be read.</summary>
    public static RpcFrame OfBroken(ReadOnlySpan<byte> text)
    {
        JsonRpcIdScanner scanner = new();
        scanner.Append(text);
        if (scanner.ResponseId is not { } id)
        {
            return new RpcFrame([], null, IsPlain: false);
        }

        bool tooDeep = scanner.Deepest > JsonText.MaxDepth;
        string fault = tooDeep
            ? string.Create(CultureInfo.InvariantCulture, $"the answer is nested {scanner.Deepest} levels deep; {JsonText.MaxDepth} can be read")
            : $"the answer is not JSON: {Quote(Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestQuote)]))}";
        return new RpcFrame([Error(OfText(id), NoJson, fault)], tooDeep ? "is nested too deep" : "is no JSON", IsPlain: false);
    }

    /// <summary>A message as a line or event carries it.</summary>
    public static ReadOnlyMemory<byte> Write(JsonRpcMessage message) => JsonText.WriteBytes(writer => JsonSerializer.Serialize(writer, message, MessageType));

    // One definition that is nested too deep must not cost the others.
    private static JsonObject? TryReadListing(ReadOnlySpan<byte> json)
    {
        try
        {
            if (!JsonText.IsDeeperThan(json, JsonText.MaxDepth) || JsonText.Parse(JsonText.Prune(json, JsonText.MaxDepth, PrunedMark)) is not JsonObject root
                || root["result"] is not JsonObject result)
            {
                return null;
            }

            foreach (JsonArray list in ListMembers.Select(member => result[member]).OfType<JsonArray>())
            {
                foreach (JsonNode? item in list.Where(item => JsonText.Of(item).Contains(PrunedMark, StringComparison.Ordinal)).ToArray())
                {
                    list.Remove(item);
                }
            }

            return JsonText.Of(root).Contains(PrunedMark, StringComparison.Ordinal) ? null : root;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonRpcMessage?[] BuildAll(JsonArray batch, ref string? oddity)
    {
        List<JsonRpcMessage?> messages = [];
        foreach (JsonObject message in batch.OfType<JsonObject>().ToArray())
        {
            messages.Add(Build(message, ref oddity));
        }

        if (messages.Exists(message => message is not null))
        {
            oddity ??= "is a batch";
        }

        return [.. messages];
    }

    private static JsonRpcMessage? Build(JsonObject root, ref string? oddity)
    {
        bool versioned = Text(root["jsonrpc"]) == "2.0";
        JsonNode? id = root["id"];
        if (Text(root["method"]) is { } method)
        {
            oddity ??= versioned ? null : "lacks \"jsonrpc\": \"2.0\"";
            RequestId own = id is JsonValue value && value.TryGetValue(out string? text) ? new RequestId(text) : Number(id) is { } number ? new RequestId(number) : default;
            JsonNode? parameters = Detach(root, "params");
            return own.Id is null ? new JsonRpcNotification { Method = method, Params = parameters } : new JsonRpcRequest { Id = own, Method = method, Params = parameters };
        }

        bool hasError = root["error"] is not null;
        bool hasResult = root.ContainsKey("result");
        if (!hasError && !hasResult && !root.ContainsKey("jsonrpc"))
        {
            // Somebody else's JSON: launchers and loggers write some.
            return null;
        }

        if (!TryReadId(id, out RequestId answered, ref oddity) && !hasError)
        {
            return null;
        }

        oddity ??= versioned ? null : "lacks \"jsonrpc\": \"2.0\"";
        if (hasError)
        {
            return new JsonRpcError { Id = answered, Error = Detail(root, ref oddity) };
        }

        if (hasResult)
        {
            return new JsonRpcResponse { Id = answered, Result = Detach(root, "result") };
        }

        oddity ??= "has neither result nor error";
        return Error(answered, InvalidMessage, $"the answer has neither a result nor an error: {Quote(JsonText.Of(root))}");
    }

    // Ours are numbers: one that comes back as text, or as 7.0, is still ours.
    private static bool TryReadId(JsonNode? id, out RequestId read, ref string? oddity)
    {
        read = default;
        if (id is not JsonValue value)
        {
            return false;
        }

        if (value.TryGetValue(out string? text))
        {
            read = OfText(new RequestId(text));
            oddity ??= read.Id is long ? "has the id as text" : null;
            return true;
        }

        if (Number(id) is not { } number)
        {
            return false;
        }

        oddity ??= value.TryGetValue(out long _) ? null : "has the id as a fraction";
        read = new RequestId(number);
        return true;
    }

    private static RequestId OfText(RequestId id) =>
        id.Id is string text && long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? new RequestId(number) : id;

    private static long? Number(JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue(out long number) ? number
        : value.TryGetValue(out double real) && Math.Floor(real) == real && Math.Abs(real) < 1L << 53 ? (long)real
        : null;

    private static JsonRpcErrorDetail Detail(JsonObject root, ref string? oddity)
    {
        JsonNode error = root["error"]!;
        if (error is not JsonObject detail)
        {
            oddity ??= "has an error that is no object";
            return new JsonRpcErrorDetail { Code = InvalidMessage, Message = Quote(Text(error) ?? JsonText.Of(error)) };
        }

        JsonElement? data = detail["data"] is { } more ? JsonElement.Parse(JsonText.Of(more), JsonText.Reading) : null;
        string? message = Text(detail["message"]);
        string? wordy = Text(detail["code"]);
        int? code = Number(detail["code"]) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number
            : int.TryParse(wordy, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int parsed) ? parsed
            : null;
        oddity ??= message is null ? "has an error without a message" : code is null || wordy is not null ? "has an error whose code is no number" : null;
        string said = message ?? Quote(JsonText.Of(detail));
        return new JsonRpcErrorDetail { Code = code ?? InvalidMessage, Message = code is null && wordy is not null && message is not null ? $"{said} ({wordy})" : said, Data = data };
    }

    private static JsonRpcError Error(RequestId id, int code, string message) => new() { Id = id, Error = new JsonRpcErrorDetail { Code = code, Message = message } };

    private static JsonNode? Detach(JsonObject root, string member)
    {
        JsonNode? value = root[member];
        root.Remove(member);
        return value;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static string Quote(string text) => text.Length <= LongestQuote ? text : JsonText.Whole(text[..LongestQuote]) + "…";
}
