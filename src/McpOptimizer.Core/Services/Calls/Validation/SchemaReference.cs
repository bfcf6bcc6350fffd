using System.Globalization;
using System.Text.Json;

namespace McpOptimizer.Core.Services.Calls.Validation;

/// <summary>Follows references within one schema.</summary>
internal static class SchemaReference
{
    private static readonly JsonElement Anything = JsonElement.Parse("true");

    /// <summary>The schema meant; one that allows everything when it cannot be found here.</summary>
    /// <param name="root">The whole schema.</param>
    /// <param name="reference"><c>#</c> or a pointer such as <c>#/$defs/Point</c>.</param>
    public static JsonElement Resolve(JsonElement root, string reference) => TryResolve(root, reference, out JsonElement schema) ? schema : Anything;

    /// <summary>Finds the schema meant within the whole one.</summary>
    public static bool TryResolve(JsonElement root, string reference, out JsonElement schema)
    {
        schema = root;
        if (reference == "#")
        {
            return true;
        }

        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (string part in reference[2..].Split('/'))
        {
            string name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out JsonElement member))
            {
                schema = member;
            }
            else if (schema.ValueKind == JsonValueKind.Array && int.TryParse(name, CultureInfo.InvariantCulture, out int index) && index >= 0 && index < schema.GetArrayLength())
            {
                schema = schema[index];
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
