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
    public static JsonElement Resolve(JsonElement root, string reference)
    {
        if (reference == "#")
        {
            return root;
        }

        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return Anything;
        }

        JsonElement at = root;
        foreach (string part in reference[2..].Split('/'))
        {
            string name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out JsonElement member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(name, CultureInfo.InvariantCulture, out int index) && index >= 0 && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return Anything;
            }
        }

        return at;
    }
}
