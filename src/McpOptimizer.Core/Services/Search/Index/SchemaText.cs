using System.Text.Json;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>The names, descriptions and choices of a tool's input parameters, read out of its definition; used again from tool to tool.</summary>
internal sealed class SchemaText
{
    private const int MaxParameters = 200;

    private readonly List<(int Start, int Length)> _names = [];
    private readonly List<(int Start, int Length)> _texts = [];
    private char[] _characters = new char[1_024];
    private int _length;

    /// <summary>How many names were read.</summary>
    public int NameCount => _names.Count;

    /// <summary>How many descriptions, titles and choices were read.</summary>
    public int TextCount => _texts.Count;

    /// <summary>A parameter's name.</summary>
    public ReadOnlySpan<char> Name(int at) => _characters.AsSpan(_names[at].Start, _names[at].Length);

    /// <summary>A description, title or choice.</summary>
    public ReadOnlySpan<char> Text(int at) => _characters.AsSpan(_texts[at].Start, _texts[at].Length);

    /// <summary>Reads the parameters of a tool; a definition that is not valid JSON gives what could be read before the fault.</summary>
    public void Read(ReadOnlySpan<byte> definition)
    {
        _names.Clear();
        _texts.Clear();
        _length = 0;
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
                    ReadSchema(ref reader, isRoot: true);
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

    private void ReadSchema(ref Utf8JsonReader reader, bool isRoot)
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
                ReadProperties(ref reader);
            }
            else if (isText && reader.TokenType == JsonTokenType.String)
            {
                _texts.Add(Keep(ref reader));
            }
            else if (isChoices && reader.TokenType == JsonTokenType.StartArray)
            {
                ReadChoices(ref reader);
            }
            else if (isNested)
            {
                ReadSchema(ref reader, isRoot: false);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadProperties(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_names.Count < MaxParameters)
            {
                _names.Add(Keep(ref reader));
            }

            reader.Read();
            ReadSchema(ref reader, isRoot: false);
        }
    }

    private void ReadChoices(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                _texts.Add(Keep(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private (int Start, int Length) Keep(ref Utf8JsonReader reader)
    {
        // Never more characters than bytes.
        int most = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
        if (_characters.Length - _length < most)
        {
            Array.Resize(ref _characters, Math.Max(2 * _characters.Length, _length + most));
        }

        int start = _length;
        int length = reader.CopyString(_characters.AsSpan(start));
        _length += length;
        return (start, length);
    }
}
