using System.Text;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>The lines of two texts that differ, with one line around them. Long lines count sentence by sentence, as descriptions often are one line.</summary>
internal static class UnifiedText
{
    private const int Context = 1;
    private const int MostLines = 400;

    public static string Diff(string before, string after)
    {
        List<string> old = Split(before);
        List<string> now = Split(after);
        if (old.Count > MostLines || now.Count > MostLines)
        {
            return $"(too long to compare: {old.Count} and {now.Count} lines)";
        }

        // Lengths of the longest common subsequences of the ends.
        int[,] common = new int[old.Count + 1, now.Count + 1];
        for (int i = old.Count - 1; i >= 0; i--)
        {
            for (int j = now.Count - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        List<(char Mark, string Line)> lines = [];
        for (int i = 0, j = 0; i < old.Count || j < now.Count;)
        {
            if (i < old.Count && j < now.Count && old[i] == now[j])
            {
                lines.Add((' ', old[i++]));
                j++;
            }
            else if (i < old.Count && (j == now.Count || common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(('-', old[i++]));
            }
            else
            {
                lines.Add(('+', now[j++]));
            }
        }

        return Print(lines);
    }

    private static string Print(List<(char Mark, string Line)> lines)
    {
        StringBuilder text = new();
        int last = -1;
        for (int i = 0; i < lines.Count; i++)
        {
            bool near = Enumerable.Range(Math.Max(0, i - Context), Math.Min(lines.Count, i + Context + 1) - Math.Max(0, i - Context)).Any(at => lines[at].Mark != ' ');
            if (near)
            {
                text.Append(last >= 0 && last < i - 1 ? "…\n" : "").Append(lines[i].Mark).Append(' ').Append(lines[i].Line).Append('\n');
                last = i;
            }
        }

        return text.ToString().TrimEnd('\n');
    }

    private static List<string> Split(string text)
    {
        List<string> lines = [];
        foreach (string line in text.Split('\n'))
        {
            int from = 0;
            for (int end = line.IndexOf(". ", StringComparison.Ordinal); line.Length > 80 && end >= 0; end = line.IndexOf(". ", from, StringComparison.Ordinal))
            {
                lines.Add(line[from..(end + 1)]);
                from = end + 2;
            }

            lines.Add(line[from..]);
        }

        return lines;
    }
}
