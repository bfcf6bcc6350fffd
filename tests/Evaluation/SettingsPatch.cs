using System.Globalization;
using System.Reflection;
using McpOptimizer.Core.Models.Settings;

namespace Evaluation;

/// <summary>Sets numbers of the ranking by name, and knows which of them turn a part of it off.</summary>
public static class SettingsPatch
{
    /// <summary>Parts of the ranking and the numbers that turn them off.</summary>
    public static IReadOnlyList<(string Part, IReadOnlyList<KeyValuePair<string, double>> Off)> Parts { get; } =
    [
        ("everything on", []),
        ("without synonyms", Off("SynonymWeight")),
        ("without look-alike terms", Off("SimilarWeight")),
        ("without coverage", Off("CoverageWeight")),
        ("without name coverage", Off("NameCoverageWeight")),
        ("without adjacency", Off("AdjacencyWeight")),
        ("without parameters", Off("ParameterNameWeight", "ParameterTextWeight")),
        ("without server names", Off("ServerWeight", "ServerTextWeight")),
        ("without named servers", Off("NamedServerWeight")),
        ("values like words", [new("ValueWeight", 1)]),
        ("courtesy like words", [new("PoliteWordWeight", 1)]),
        ("without cutting into needs", [new("MaxNeeds", 1)]),
        ("same weight of meaning for all requests", Off("SemanticGain")),
        ("words alone", Off("SemanticWeight")),
    ];

    private static string Names => string.Join(", ", typeof(SearchSettings).GetProperties().Select(known => known.Name));

    /// <summary>The defaults with some numbers changed.</summary>
    /// <exception cref="FormatException">There is no such number.</exception>
    public static SearchSettings Apply(IEnumerable<KeyValuePair<string, double>> weights)
    {
        SearchSettings settings = new();
        foreach ((string name, double value) in weights)
        {
            PropertyInfo property = typeof(SearchSettings).GetProperty(name)
                ?? throw new FormatException($"SearchSettings has no {name}; it has {Names}.");
            property.SetValue(settings, Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture));
        }

        return settings;
    }

    private static KeyValuePair<string, double>[] Off(params string[] names) => [.. names.Select(name => new KeyValuePair<string, double>(name, 0))];
}
