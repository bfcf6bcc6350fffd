using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace McpOptimizer.Core.Services.Calls.Validation;

/// <summary>
/// One look at one value: how much it may cost altogether, and what was worked out once. Schemas come from strangers and values from models: a schema
/// that refers
/// to itself grows without end, a large enum before a large array is a product of both. What is not looked at any more passes.
/// </summary>
internal sealed class SchemaRun(JsonElement root, CancellationToken cancellationToken = default)
{
    private const int MostSteps = 50_000;
    private const int StepsBetweenClocks = 64;
    private const int PatternPlacesPerStep = 64;

    private static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(250);

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Dictionary<int, Dictionary<string, JsonElement>> _members = [];
    private readonly Dictionary<int, HashSet<string>> _choices = [];
    private readonly Dictionary<string, JsonElement> _references = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Regex? Regex, int Cost)> _patterns = new(StringComparer.Ordinal);
    private int _left = MostSteps;
    private int _untilClock = StepsBetweenClocks;

    /// <summary>The whole schema.</summary>
    public JsonElement Root => root;

    /// <summary>What was done so far, in steps; what was asked for in vain counts one.</summary>
    public long Work { get; private set; }

    /// <summary>Whether one more step may be taken.</summary>
    /// <param name="cost">What it costs.</param>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public bool TrySpend(int cost = 1)
    {
        int steps = Math.Max(1, cost);
        Work += _left > 0 ? steps : 1;
        _untilClock -= steps;
        if (_untilClock <= 0)
        {
            _untilClock = StepsBetweenClocks;
            cancellationToken.ThrowIfCancellationRequested();
            _left = Stopwatch.GetElapsedTime(_started) > MostTime ? 0 : _left;
        }

        _left = Math.Max(0, _left - steps);
        return _left > 0;
    }

    /// <summary>The schema that a reference means; one that allows everything when it cannot be found here.</summary>
    public JsonElement Resolve(string reference)
    {
        if (!_references.TryGetValue(reference, out JsonElement schema))
        {
            schema = SchemaReference.Resolve(root, reference);
            _references[reference] = schema;
        }

        return schema;
    }

    /// <summary>The members of an object of the schema, by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> MembersOf(JsonElement map)
    {
        int key = PlaceOf(map);
        if (!_members.TryGetValue(key, out Dictionary<string, JsonElement>? members))
        {
            members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (JsonProperty member in map.EnumerateObject())
            {
                members[member.Name] = member.Value;
            }

            TrySpend(members.Count);
            Keep(_members, key, members);
        }

        return members;
    }

    /// <summary>Whether a list of the schema holds a text.</summary>
    public bool HoldsText(JsonElement list, string text)
    {
        int key = PlaceOf(list);
        if (!_choices.TryGetValue(key, out HashSet<string>? choices))
        {
            choices = [.. list.EnumerateArray().Where(choice => choice.ValueKind == JsonValueKind.String).Select(choice => choice.GetString()!)];
            TrySpend(list.GetArrayLength());
            Keep(_choices, key, choices);
        }

        return choices.Contains(text);
    }

    /// <summary>The pattern, ready to match in linear time, null when it cannot be; and how many steps it costs for each character.</summary>
    public (Regex? Regex, int Cost) PatternOf(string pattern)
    {
        if (!_patterns.TryGetValue(pattern, out (Regex? Regex, int Cost) known))
        {
            TrySpend(pattern.Length);
            known = (ScalarRules.Compile(pattern), 1 + (PatternSize.Of(pattern) / PatternPlacesPerStep));
            _patterns[pattern] = known;
        }

        return known;
    }

    private static void Keep<T>(Dictionary<int, T> cache, int key, T value)
    {
        if (key >= 0)
        {
            cache[key] = value;
        }
    }

    // Elements have no identity; where they stand in the text is one.
    private int PlaceOf(JsonElement element) =>
        JsonMarshal.GetRawUtf8Value(root).Overlaps(JsonMarshal.GetRawUtf8Value(element), out int offset) ? offset : -1;
}
