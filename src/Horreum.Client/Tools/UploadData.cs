using System.Text.Json;

namespace Horreum.Client.Tools;

/// <summary>Reads the data of an upload: JSON as such, or JSON as text.</summary>
internal static class UploadData
{
    /// <exception cref="HorreumContractException">The data is neither an object nor an array.</exception>
    public static JsonElement Parse(JsonElement data)
    {
        JsonElement parsed = data.ValueKind == JsonValueKind.String ? ParseText(data.GetString()!) : data;
        return parsed.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? parsed
            : throw HorreumContractException.Invalid("data", parsed.ToString(), "a JSON object or array");
    }

    private static JsonElement ParseText(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException e)
        {
            throw HorreumContractException.Invalid("data", text, $"JSON, as such or as text (line {e.LineNumber + 1}, byte {e.BytePositionInLine})");
        }
    }
}
