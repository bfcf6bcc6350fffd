using System.Globalization;
using System.Text.Json;
using Tomlyn;
using Tomlyn.Model;

namespace McpOptimizer.Core.Clients.Files;

/// <summary>Codex keeps its servers in TOML; here they become JSON, so that one reader serves all files.</summary>
internal static class TomlJson
{
    /// <summary>The same members as JSON; dates and times become texts.</summary>
    /// <exception cref="SourceFileException">The text is not TOML; the message says where.</exception>
    public static byte[] Convert(string text, string path)
    {
        TomlTable table;
        try
        {
            table = TomlSerializer.Deserialize(text, TomlContext.Default.TomlTable) ?? [];
        }
        catch (TomlException e)
        {
            throw new SourceFileException($"The servers file '{path}' is not valid: {e.Message}", e);
        }

        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            Write(writer, table);
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case TomlTable table:
                writer.WriteStartObject();
                foreach ((string name, object member) in table)
                {
                    writer.WritePropertyName(name);
                    Write(writer, member);
                }

                writer.WriteEndObject();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case System.Collections.IEnumerable items:
                writer.WriteStartArray();
                foreach (object? item in items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(System.Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
