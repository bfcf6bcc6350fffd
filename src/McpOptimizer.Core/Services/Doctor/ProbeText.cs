using System.Text;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Doctor;

/// <summary>Says what a tool is for the way somebody would who does not know its name.</summary>
internal static class ProbeText
{
    private const int FewestWords = 3;

    /// <summary>The first sentence of the description without the tool's name; the whole description when that says too little; failing both, the name in words.</summary>
    public static string Of(string name, string? description)
    {
        string summary = WithoutName(DescriptionText.SummaryOf(description, name), name);
        if (Words(summary).Length >= FewestWords)
        {
            return summary;
        }

        string whole = WithoutName(description ?? "", name);
        return Words(whole).Length >= FewestWords ? whole : $"{NameInWords(name)} {whole}".Trim();
    }

    /// <summary><c>createIssue_v2</c> as <c>create issue v2</c>.</summary>
    public static string NameInWords(string name)
    {
        StringBuilder words = new();
        for (int i = 0; i < name.Length; i++)
        {
            bool begins = i > 0 && char.IsUpper(name[i]) && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsUpper(name[i - 1]) && char.IsLower(name[i + 1])));
            if (begins || !char.IsLetterOrDigit(name[i]))
            {
                words.Append(' ');
            }

            if (char.IsLetterOrDigit(name[i]))
            {
                words.Append(char.ToLowerInvariant(name[i]));
            }
        }

        return string.Join(' ', words.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The words of a text in lower case.</summary>
    public static string[] Words(string text)
    {
        StringBuilder folded = new(text.Length);
        foreach (char c in text)
        {
            folded.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        }

        return folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string WithoutName(string text, string name) => name.Length == 0 ? text : text.Replace(name, "", StringComparison.OrdinalIgnoreCase).Trim();
}
