using System.Text;
using System.Text.Json;

namespace McpOptimizer.Core.Models;

/// <summary>
/// The definition of a tool, prompt or resource, parsed: the one place that knows how deep it may be and what its members are called. A definition
/// that is kept need not be disposed.
/// </summary>
internal sealed class Definition : IDisposable
{
    private readonly JsonDocument _document;

    private Definition(JsonDocument document) => _document = document;

    /// <summary>The definition itself; an object in all that servers list, anything in what others wrote.</summary>
    public JsonElement Root => _document.RootElement;

    /// <summary>Display title, if any.</summary>
    public string? Title => Text("title");

    /// <summary>Description, if any.</summary>
    public string? Description => Text("description");

    /// <summary>The schema of a tool's arguments; undefined without one.</summary>
    public JsonElement InputSchema => Member(Root, "inputSchema");

    /// <summary>Whether the server says that the tool changes nothing.</summary>
    public bool IsReadOnly => Member(Member(Root, "annotations"), "readOnlyHint").ValueKind == JsonValueKind.True;

    /// <summary>The arguments a prompt declares.</summary>
    public IEnumerable<(string Name, bool Required)> Arguments
    {
        get
        {
            JsonElement arguments = Member(Root, "arguments");
            return arguments.ValueKind != JsonValueKind.Array
                ? []
                : arguments.EnumerateArray()
                    .Where(argument => Member(argument, "name").ValueKind == JsonValueKind.String)
                    .Select(argument => (Member(argument, "name").GetString()!, Member(argument, "required").ValueKind == JsonValueKind.True));
        }
    }

    /// <summary>Reads one.</summary>
    /// <param name="json">JSON in UTF-8; must not change as long as the definition is used.</param>
    /// <exception cref="JsonException">It is no JSON, or deeper than <see cref="JsonText.MaxDepth"/>.</exception>
    public static Definition Parse(ReadOnlyMemory<byte> json) => new(JsonDocument.Parse(json, JsonText.Reading));

    /// <summary>Reads one.</summary>
    /// <param name="json">JSON.</param>
    /// <exception cref="JsonException">It is no JSON, or deeper than <see cref="JsonText.MaxDepth"/>.</exception>
    public static Definition Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>Reads <see cref="Title"/> and <see cref="Description"/> alone: of a large catalogue these two are read at each start, the rest of few.</summary>
    /// <param name="json">JSON in UTF-8.</param>
    /// <exception cref="JsonException">It is no JSON, or deeper than <see cref="JsonText.MaxDepth"/>.</exception>
    public static (string? Title, string? Description) ReadTexts(ReadOnlySpan<byte> json)
    {
        (string? title, string? description) = (null, null);
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = JsonText.MaxDepth });
        bool isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
        while (reader.Read())
        {
            if (!isObject || reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            bool isTitle = reader.ValueTextEquals("title"u8);
            bool isDescription = !isTitle && reader.ValueTextEquals("description"u8);
            reader.Read();

            // Of members with the same name the last one counts.
            string? text = (isTitle || isDescription) && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            (title, description) = (isTitle ? text : title, isDescription ? text : description);
            reader.Skip();
        }

        return (title, description);
    }

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    private string? Text(string name) => Member(Root, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) ? value : default;
}
