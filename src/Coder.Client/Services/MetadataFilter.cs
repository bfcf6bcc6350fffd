using System.Text.Json;
using Coder.Client.Models;

namespace Coder.Client.Services;

/// <summary>Matches <c>key=value</c>, or <c>key</c> for any value.</summary>
internal sealed class MetadataFilter
{
    private readonly string _key;
    private readonly string? _value;

    private MetadataFilter(string key, string? value)
    {
        _key = key;
        _value = value;
    }

    public static MetadataFilter Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string key = (equals < 0 ? text : text[..equals]).Trim();
        return key.Length > 0
            ? new MetadataFilter(key, equals < 0 ? null : text[(equals + 1)..].Trim())
            : throw Faults.Invalid(
                "metadata_filter", text, $"Metadata filter '{text}' names no key. Write key=value, for example github_pr_number=819, or only the key.");
    }

    public bool Matches(AgentMetadata? metadata)
    {
        if (metadata?.Fields is not { } fields)
        {
            return false;
        }

        string? key = fields.Keys.FirstOrDefault(name => name.Equals(_key, StringComparison.OrdinalIgnoreCase));
        return key is not null && fields[key].Value is { } value && (_value is null || Text(value).Equals(_value, StringComparison.OrdinalIgnoreCase));
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
