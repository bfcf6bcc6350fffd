using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hosting.Http;

/// <summary>Checks the headers that mirror tool arguments, for tools whose schema asks for them with <c>x-mcp-header</c>.</summary>
internal static class ParameterHeaders
{
    private const string SchemaKeyword = "x-mcp-header";
    private const long LargestSafeInteger = (1L << 53) - 1;

    /// <exception cref="RequestRejectedException">A header is missing, undecodable, or contradicts the argument.</exception>
    public static void Check(HttpRequest request, JsonRpcRequest message, McpServerPrimitiveCollection<McpServerTool>? tools)
    {
        JsonObject? parameters = RequestMetadata.Parameters(message);
        if (message.Method != RequestMethods.ToolsCall
            || RequestMetadata.Text(parameters, "name") is not { } name
            || tools is null
            || !tools.TryGetPrimitive(name, out McpServerTool? tool)
            || !tool.ProtocolTool.InputSchema.TryGetProperty("properties", out JsonElement properties)
            || properties.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        JsonObject? arguments = parameters?["arguments"] as JsonObject;
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object
                && property.Value.TryGetProperty(SchemaKeyword, out JsonElement suffix)
                && suffix.ValueKind == JsonValueKind.String)
            {
                CheckOne(request, ProtocolHeaders.ParameterPrefix + suffix.GetString(), property.Name, arguments?[property.Name]);
            }
        }
    }

    private static void CheckOne(HttpRequest request, string header, string argument, JsonNode? value)
    {
        bool sent = request.Headers.TryGetValue(header, out var values);
        if (!sent && value is null)
        {
            return;
        }

        if (!sent)
        {
            throw RequestRejectedException.HeaderMismatch($"The header {header} is missing, but the argument '{argument}' is set.");
        }

        string? decoded = values.Count == 1 ? McpHeaderEncoder.DecodeValue(values[0]) : null;
        if (decoded is null)
        {
            throw RequestRejectedException.HeaderMismatch($"The header {header} is '{values}', which cannot be decoded.");
        }

        if (!Agree(decoded, value))
        {
            throw RequestRejectedException.HeaderMismatch($"The header {header} is '{values}', which is not the argument '{argument}'.");
        }
    }

    private static bool Agree(string header, JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>() == header,
        JsonValueKind.True => header == "true",
        JsonValueKind.False => header == "false",
        JsonValueKind.Number => TryParseInteger(header, out long sent) && TryParseInteger(value.ToJsonString(), out long meant) && sent == meant,
        _ => false,
    };

    /// <summary>Integers are compared as numbers: 1, 1.0 and 1e0 are the same argument.</summary>
    private static bool TryParseInteger(string text, out long integer)
    {
        integer = 0;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            || number != decimal.Truncate(number)
            || Math.Abs(number) > LargestSafeInteger)
        {
            return false;
        }

        integer = (long)number;
        return true;
    }
}
