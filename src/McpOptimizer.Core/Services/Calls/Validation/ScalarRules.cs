using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace McpOptimizer.Core.Services.Calls.Validation;

/// <summary>Rules for strings and numbers.</summary>
internal static class ScalarRules
{
    private const int LongestPattern = 1_000;
    private const int LargestPattern = 512;
    private const int LongestMatchedText = 10_000;
    private const int CharactersPerStep = 64;

    private static readonly TimeSpan MatchTime = TimeSpan.FromMilliseconds(100);

    /// <summary>A keyword's numeric value; null when it is missing or no number.</summary>
    public static double? Number(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number : null;

    /// <summary>Length, in characters as people count them, and pattern.</summary>
    public static void CheckString(JsonElement schema, string value, SchemaRun run, Action<string> report)
    {
        int? length = null;
        run.TrySpend(1 + (value.Length / CharactersPerStep));
        if (Number(schema, "minLength") is { } min && (length ??= Count(value)) < min)
        {
            report(string.Create(CultureInfo.InvariantCulture, $"has {length} characters; at least {min} are needed"));
        }

        if (Number(schema, "maxLength") is { } max && (length ??= Count(value)) > max)
        {
            report(string.Create(CultureInfo.InvariantCulture, $"has {length} characters; at most {max} are allowed"));
        }

        if (schema.TryGetProperty("pattern", out JsonElement pattern) && pattern.ValueKind == JsonValueKind.String && !Matches(value, pattern.GetString()!, run))
        {
            report($"does not match the pattern {Shown(pattern.GetString()!)}");
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

    /// <summary>
    /// The pattern, ready to match. Patterns are ECMAScript and come from strangers: null for one that .NET reads otherwise, cannot run in linear time, or would need
    /// the better part of a second to look at a single text.
    /// </summary>
    public static Regex? Compile(string pattern)
    {
        if (pattern.Length > LongestPattern || PatternSize.Of(pattern) > LargestPattern || pattern.Contains("\\u{", StringComparison.Ordinal) || pattern.Contains("\\p{", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchTime);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool Matches(string value, string pattern, SchemaRun run)
    {
        if (value.Length > LongestMatchedText || run.PatternOf(pattern) is not ({ } regex, int cost) || !run.TrySpend(1 + (cost * value.Length)))
        {
            return true;
        }

        try
        {
            return regex.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static string Shown(string pattern) => pattern.Length <= LongestPattern ? pattern : JsonText.Whole(pattern[..LongestPattern]) + "…";
}
