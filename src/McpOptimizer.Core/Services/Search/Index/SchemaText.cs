using System.Text.Json;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>Reads the names, descriptions and choices of a tool's input parameters out of its definition.</summary>
internal static class SchemaText
{
    private const int MaxParameters = 200;

    /// <summary>Collects parameter texts; a definition that is not valid JSON gives what could be read before the fault.</summary>
    public static void Collect(ReadOnlySpan<byte> definition, List<string> names, List<string> texts)
    {
        names.Clear();
        texts.Clear();
        try
        {
            Utf8JsonReader reader = new(definition, new JsonReaderOptions { MaxDepth = JsonText.MaxDepth, CommentHandling = JsonCommentHandling.Skip });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isSchema = reader.ValueTextEquals("inputSchema"u8);
                reader.Read();
                if (isSchema)
                {
                    ReadSchema(ref reader, names, texts, isRoot: true);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Such a tool is searched by the rest of its texts; ingestion reports what it stores.
        }
    }

    private static void ReadSchema(ref Utf8JsonReader reader, List<string> names, List<string> texts, bool isRoot)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isProperties = reader.ValueTextEquals("properties"u8);
            bool isText = !isRoot && (reader.ValueTextEquals("description"u8) || reader.ValueTextEquals("title"u8));
            bool isChoices = reader.ValueTextEquals("enum"u8);
            bool isNested = reader.ValueTextEquals("items"u8) || reader.ValueTextEquals("additionalProperties"u8);
            reader.Read();
            if (isProperties && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadProperties(ref reader, names, texts);
            }
            else if (isText && reader.TokenType == JsonTokenType.String)
            {
                texts.Add(reader.GetString()!);
            }
            else if (isChoices && reader.TokenType == JsonTokenType.StartArray)
            {
                ReadChoices(ref reader, texts);
            }
            else if (isNested)
            {
                ReadSchema(ref reader, names, texts, isRoot: false);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadProperties(ref Utf8JsonReader reader, List<string> names, List<string> texts)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (names.Count < MaxParameters)
            {
                names.Add(reader.GetString()!);
            }

            reader.Read();
            ReadSchema(ref reader, names, texts, isRoot: false);
        }
    }

    private static void ReadChoices(ref Utf8JsonReader reader, List<string> texts)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                texts.Add(reader.GetString()!);
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
