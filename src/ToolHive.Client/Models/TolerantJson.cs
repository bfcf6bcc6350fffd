using System.Text.Json;

namespace ToolHive.Client.Models;

/// <summary>Reading that never fails on a value of the wrong kind.</summary>
internal static class TolerantJson
{
    /// <summary>The word at the reader; null for an empty one or for any other kind of value, which is skipped.</summary>
    public static string? ReadWord(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString() is { Length: > 0 } word ? word : null;
        }

        reader.Skip();
        return null;
    }
}
