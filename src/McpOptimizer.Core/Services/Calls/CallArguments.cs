using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>Makes sense of the ways in which models write calls.</summary>
internal static class CallArguments
{
    private const string ToolKey = "tool_name";
    private const string ServerKey = "server_name";

    private static readonly string[] WrapperKeys = ["parameters", "arguments"];
    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    /// <summary>The request with arguments as an object and names taken from inside them where they were missing outside.</summary>
    /// <exception cref="ArgumentException">The arguments are no object, or no tool is named.</exception>
    public static ToolCallRequest Normalize(ToolCallRequest request)
    {
        JsonElement arguments = ReadObject(request.Arguments);
        if (string.IsNullOrWhiteSpace(request.ToolName))
        {
            request = TakeNamesFromInside(request, JsonObject.Create(arguments)!);
            arguments = request.Arguments;
        }

        if (string.IsNullOrWhiteSpace(request.ToolName))
        {
            string received = string.Join(", ", arguments.EnumerateObject().Select(member => member.Name));
            throw new ArgumentException($"'{ToolKey}' is missing. Received in 'parameters': {(received.Length == 0 ? "nothing" : received)}.");
        }

        return request with
        {
            ToolName = request.ToolName.Trim(),
            ServerName = string.IsNullOrWhiteSpace(request.ServerName) ? null : request.ServerName.Trim(),
            Arguments = arguments,
        };
    }

    private static JsonElement ReadObject(JsonElement arguments)
    {
        switch (arguments.ValueKind)
        {
            case JsonValueKind.Object:
                return arguments;
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return Empty;
            case JsonValueKind.String when string.IsNullOrWhiteSpace(arguments.GetString()):
                return Empty;
            case JsonValueKind.String:
                try
                {
                    JsonElement inner = JsonElement.Parse(arguments.GetString()!);
                    return inner.ValueKind == JsonValueKind.Object ? inner : throw NotAnObject(inner.ValueKind);
                }
                catch (JsonException e)
                {
                    throw new ArgumentException($"'parameters' is a string that is not JSON (position {e.BytePositionInLine}); give an object.", e);
                }

            default:
                throw NotAnObject(arguments.ValueKind);
        }
    }

    private static ToolCallRequest TakeNamesFromInside(ToolCallRequest request, JsonObject arguments)
    {
        string? tool = Take(arguments, ToolKey);
        if (tool is null)
        {
            return request with { Arguments = Element(arguments) };
        }

        string? server = string.IsNullOrWhiteSpace(request.ServerName) ? Take(arguments, ServerKey) : request.ServerName;
        if (arguments.Count == 1 && WrapperKeys.Contains(arguments.Single().Key, StringComparer.Ordinal) && arguments.Single().Value is { } inner)
        {
            return request with { ToolName = tool, ServerName = server, Arguments = ReadObject(JsonElement.Parse(inner.ToJsonString())) };
        }

        return request with { ToolName = tool, ServerName = server, Arguments = Element(arguments) };
    }

    private static string? Take(JsonObject arguments, string key)
    {
        if (arguments[key] is not JsonValue value || !value.TryGetValue(out string? text))
        {
            return null;
        }

        arguments.Remove(key);
        return text;
    }

    private static JsonElement Element(JsonObject node) => JsonElement.Parse(node.ToJsonString());

    private static ArgumentException NotAnObject(JsonValueKind kind) => new($"'parameters' must be an object with the tool's arguments; it is {kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "a truth value",
    }}.");
}
