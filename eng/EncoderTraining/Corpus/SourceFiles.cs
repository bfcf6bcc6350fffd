using System.IO.Compression;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EncoderTraining.Corpus;

/// <summary>Finds and parses files of a fetched source.</summary>
internal static class SourceFiles
{
    /// <summary>Files below a folder in ordinal order; none when it was not fetched.</summary>
    public static string[] Below(string root, string folder, string pattern)
    {
        string path = Path.Combine(root, folder);
        if (!Directory.Exists(path))
        {
            return [];
        }

        string[] files = Directory.GetFiles(path, pattern, SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    /// <summary>A JSON document, plain or gzipped; null when it does not parse.</summary>
    public static JsonDocument? Json(string file)
    {
        try
        {
            if (!file.EndsWith(".gz", StringComparison.Ordinal))
            {
                // As text: some sets hold bytes that are no UTF-8.
                return JsonDocument.Parse(File.ReadAllText(file));
            }

            using FileStream stream = File.OpenRead(file);
            using GZipStream unzipped = new(stream, CompressionMode.Decompress);
            return JsonDocument.Parse(unzipped);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The root of a YAML file; null when it does not parse.</summary>
    public static YamlNode? Yaml(string file)
    {
        try
        {
            using StreamReader reader = new(file);
            YamlStream yaml = [];
            yaml.Load(reader);
            return yaml.Documents.Count == 0 ? null : yaml.Documents[0].RootNode;
        }
        catch (YamlException)
        {
            return null;
        }
    }

    /// <summary>YAML as JSON text, so that one reader serves both.</summary>
    public static JsonDocument? YamlAsJson(string file)
    {
        if (Yaml(file) is not { } root)
        {
            return null;
        }

        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            Write(writer, root, 0);
        }

        return JsonDocument.Parse(stream.ToArray());
    }

    public static string? Text(this JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static IEnumerable<JsonProperty> Members(this JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject()
            : [];

    public static IEnumerable<JsonElement> Items(this JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : [];

    private static void Write(Utf8JsonWriter writer, YamlNode node, int depth)
    {
        switch (node)
        {
            case YamlMappingNode map when depth < 40:
                writer.WriteStartObject();
                foreach ((YamlNode key, YamlNode value) in map.Children)
                {
                    writer.WritePropertyName(key.ToString());
                    Write(writer, value, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case YamlSequenceNode list when depth < 40:
                writer.WriteStartArray();
                foreach (YamlNode item in list.Children)
                {
                    Write(writer, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            case YamlScalarNode { Value: { } text }:
                writer.WriteStringValue(text);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
