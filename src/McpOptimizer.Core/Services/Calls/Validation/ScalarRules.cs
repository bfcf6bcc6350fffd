using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace McpOptimizer.Core.Services.Calls.Validation;

/// <summary>Rules for strings and numbers.</summary>
internal static class ScalarRules
{
    private const int LongestPattern = 1_000;
    private const int LongestMatchedText = 10_000;

    /// <summary>A keyword's numeric value; null when it is missing or no number.</summary>
    public static double? Number(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number : null;

    /// <summary>Length, in characters as people count them, and pattern.</summary>
    public static void CheckString(JsonElement schema, string value, Action<string> report)
    {
        int? length = null;
        if (Number(schema, "minLength") is { } min && (length ??= Count(value)) < min)
        {
            report(string.Create(CultureInfo.InvariantCulture, $"has {length} characters; at least {min} are needed"));
        }

        if (Number(schema, "maxLength") is { } max && (length ??= Count(value)) > max)
        {
            report(string.Create(CultureInfo.InvariantCulture, $"has {length} characters; at most {max} are allowed"));
        }

        if (schema.TryGetProperty("pattern", out JsonElement pattern) && pattern.ValueKind == JsonValueKind.String && !Matches(value, pattern.GetString()!))
        {
            report($"does not match the pattern {pattern.GetString()}");
        }
    }

    /// <summary>Bounds and steps.</summary>
    public static void CheckNumber(JsonElement schema, JsonElement element, Action<string> report)
    {
        if (!element.TryGetDouble(out double value))
        {
            return;
        }

        // In draft 4 the exclusive forms are flags beside the bounds.
        bool exclusiveLow = Flag(schema, "exclusiveMinimum");
        bool exclusiveHigh = Flag(schema, "exclusiveMaximum");
        Bound(Number(schema, "minimum"), (v, m) => exclusiveLow ? v > m : v >= m, exclusiveLow ? "more than" : "at least");
        Bound(Number(schema, "maximum"), (v, m) => exclusiveHigh ? v < m : v <= m, exclusiveHigh ? "less than" : "at most");
        Bound(Number(schema, "exclusiveMinimum"), (v, m) => v > m, "more than");
        Bound(Number(schema, "exclusiveMaximum"), (v, m) => v < m, "less than");
        if (schema.TryGetProperty("multipleOf", out JsonElement step) && step.ValueKind == JsonValueKind.Number
            && step.TryGetDecimal(out decimal unit) && unit > 0 && element.TryGetDecimal(out decimal exact) && exact % unit != 0)
        {
            report(string.Create(CultureInfo.InvariantCulture, $"is {exact}; it must be a multiple of {unit}"));
        }

        void Bound(double? bound, Func<double, double, bool> holds, string words)
        {
            if (bound is { } limit && !holds(value, limit))
            {
                report(string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be {words} {limit}"));
            }
        }
    }

    private static bool Flag(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    private static int Count(string value)
    {
        int count = 0;
        foreach (Rune _ in value.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    // Patterns are ECMAScript and come from strangers: one that .NET reads otherwise or cannot run in linear time says nothing.
    private static bool Matches(string value, string pattern)
    {
        if (pattern.Length > LongestPattern || value.Length > LongestMatchedText || pattern.Contains("\\u{", StringComparison.Ordinal) || pattern.Contains("\\p{", StringComparison.Ordinal))
        {
            return true;
        }

        try
        {
            return Regex.IsMatch(value, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return true;
        }
    }
}
