using System.Globalization;
using System.Reflection;
using McpOptimizer.Core.Models.Settings;

namespace Evaluation;

/// <summary>How history is made and tested.</summary>
/// <param name="Most">Most past requests.</param>
/// <param name="Callers">How many honest callers made them, in turn.</param>
/// <param name="Hostile">Share of the history that is hostile, 0 to 0.9.</param>
/// <param name="Learning">Numbers of <see cref="LearningSettings"/>.</param>
/// <param name="Recent">Whether those who ask after the history was made are one caller, whose last calls tell his servers.</param>
public sealed record HistoryOptions(int Most, int Callers, double Hostile, IReadOnlyList<KeyValuePair<string, double>> Learning, bool Recent = false)
{
    /// <summary>The settings with the numbers set.</summary>
    /// <exception cref="FormatException">There is no such number.</exception>
    public LearningSettings Settings() => Set(Learning);

    /// <summary>Settings with numbers set.</summary>
    /// <exception cref="FormatException">There is no such number.</exception>
    public static LearningSettings Set(IEnumerable<KeyValuePair<string, double>> numbers)
    {
        LearningSettings settings = new();
        foreach ((string name, double value) in numbers)
        {
            PropertyInfo property = typeof(LearningSettings).GetProperty(name) ?? throw new FormatException($"LearningSettings has no {name}.");
            property.SetValue(settings, property.PropertyType == typeof(bool) ? value != 0 : Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture));
        }

        return settings;
    }
}
