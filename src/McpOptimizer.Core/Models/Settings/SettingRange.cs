using System.Globalization;

namespace McpOptimizer.Core.Models.Settings;

/// <summary>Words for a setting that lies outside its range.</summary>
internal static class SettingRange
{
    /// <returns>A sentence with the setting, its value and the legal range; null when the value is legal.</returns>
    public static string? Check<T>(string path, string name, T value, T least, T most)
        where T : IComparable<T>, IFormattable
    {
        if (value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0)
        {
            return null;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{path}:{name} is {value}; allowed is {least} to {most}.");
    }
}
