using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hosting.Messages;

/// <summary>
/// Reads what a client sent. The SDK reads 64 levels and whole Unicode only: arguments that are nested deeper become the text of their JSON, which tools read as
/// the same value, half characters become U+FFFD, and what is deep elsewhere is refused with its id, so that nobody waits for an answer that never comes.
/// </summary>
internal static class IncomingMessage
{
    // The SDK's 64, less what it wraps a message in.
    private const int SdkLevels = 60;

    // Below the message, its parameters and the arguments.
    private const int MemberLevels = SdkLevels - 10;

    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>The message; null for the JSON null.</summary>
    /// <exception cref="JsonException">It is not JSON, or not one JSON-RPC message.</exception>
    /// <exception cref="MessageRefusedException">It is nested too deep.</exception>
    public static JsonRpcMessage? Read(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize(ForSdk(json).Span, MessageType);

    /// <summary>The same message, so that the SDK can read it; what is no JSON comes back as it is.</summary>
    /// <exception cref="MessageRefusedException">It is nested too deep.</exception>
    public static ReadOnlyMemory<byte> ForSdk(ReadOnlyMemory<byte> json)
    {
        json = JsonText.Repair(json.Span) ?? json;
        if (!JsonText.IsDeeperThan(json.Span, SdkLevels))
        {
            return json;
        }

        if (JsonText.IsDeeperThan(json.Span, JsonText.MaxDepth))
        {
            throw new MessageRefusedException(Header(json.Span), $"The message is nested deeper than {JsonText.MaxDepth} levels.");
        }

        JsonNode? message;
        try
        {
            message = JsonText.Parse(json.Span);
        }
        catch (JsonException)
        {
            return json;
        }

        if ((message as JsonObject)?["params"] is JsonObject parameters && parameters["arguments"] is JsonObject arguments)
        {
            foreach ((string name, JsonNode? value) in arguments.ToArray())
            {
                if (value is JsonObject or JsonArray && JsonText.IsDeeperThan(Bytes(value), MemberLevels))
                {
                    arguments[name] = JsonText.Of(value);
                }
            }
        }

        ReadOnlyMemory<byte> flat = JsonText.WriteBytes(writer => message!.WriteTo(writer));
        return JsonText.IsDeeperThan(flat.Span, SdkLevels)
            ? throw new MessageRefusedException(Header(json.Span), $"The message is nested deeper than {SdkLevels} levels beside the arguments of a tool.")
            : flat;
    }

    private static ReadOnlySpan<byte> Bytes(JsonNode node) => JsonText.WriteBytes(writer => node.WriteTo(writer)).Span;

    // The id of a request; none where nobody waits for an answer.
    private static RequestId Header(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        RequestId id = default;
        bool isRequest = false;
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = reader.ValueTextEquals("id"u8);
                isRequest |= reader.ValueTextEquals("method"u8);
                reader.Read();
                if (isId)
                {
                    id = reader.TokenType switch
                    {
                        JsonTokenType.String => new RequestId(reader.GetString()!),
                        JsonTokenType.Number when reader.TryGetInt64(out long number) => new RequestId(number),
                        _ => default,
                    };
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // What could be read of it is known.
        }

        return isRequest ? id : default;
    }
}
