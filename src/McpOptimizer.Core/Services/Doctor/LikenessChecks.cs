using System.Globalization;
using McpOptimizer.Core.Models.Doctor;

namespace McpOptimizer.Core.Services.Doctor;

/// <summary>Tools whose descriptions say the same.</summary>
internal static class LikenessChecks
{
    private const int FewestWords = 3;

    /// <summary>Tools with the same description, in groups of two or more.</summary>
    public static IReadOnlyList<ExaminedTool[]> Group(IEnumerable<ExaminedTool> tools) =>
    [
        .. tools.Where(tool => tool.Words.Length >= FewestWords)
            .GroupBy(tool => string.Join(' ', tool.Words), StringComparer.Ordinal)
            .Select(group => group.ToArray())
            .Where(group => group.Length > 1),
    ];

    /// <summary>The finding on one such group: an error when they cannot all stand among the first so many.</summary>
    /// <param name="group">The tools.</param>
    /// <param name="findable">Places that count as found.</param>
    /// <param name="cured">How many of those that another stood before came first with the name in words before the description.</param>
    /// <param name="behind">How many another stood before.</param>
    public static DoctorFinding Describe(ExaminedTool[] group, int findable, int cured, int behind)
    {
        bool isDuplicate = group.All(tool => tool.Tool.Name == group[0].Tool.Name);
        long saved = group.Skip(1).Sum(tool => (long)tool.Tool.TokenCount);
        return new DoctorFinding
        {
            Severity = group.Length > findable && !isDuplicate ? DoctorSeverity.Error : DoctorSeverity.Warning,
            Code = isDuplicate ? DoctorCodes.Duplicate : DoctorCodes.SameDescription,
            Tool = group[0].FullName,
            Others = [.. group.Skip(1).Select(tool => tool.FullName)],
            Message = isDuplicate ? $"{group.Length} servers list it with the same description." : $"{group.Length} different tools have this description.",
            Suggestion = isDuplicate
                ? "Keep one: stop the other servers, or hide them in the profile. Where they differ in what they work on, say so in the descriptions."
                : "Say in each description what sets the tool apart.",
            Effect = isDuplicate ? string.Create(CultureInfo.InvariantCulture, $"One alone saves {saved:N0} tokens of the catalogue.")
                : cured == 0 ? null : $"With the name in words before it, {cured} of {behind} that were not are found first.",
        };
    }

    /// <summary>Share of their words that two descriptions have in common, 0 to 1.</summary>
    public static double Share(ExaminedTool left, ExaminedTool right)
    {
        HashSet<string> all = [.. left.Words];
        int own = all.Count;
        HashSet<string> other = [.. right.Words];
        int common = other.Count(all.Contains);
        return own + other.Count - common == 0 ? 0 : (double)common / (own + other.Count - common);
    }
}
