namespace McpOptimizer.Core.Clients.Files;

/// <summary>Reads a file of <c>NAME=value</c> lines, as <c>envFile</c> of VS Code and Cursor names them.</summary>
internal static class EnvironmentFile
{
    /// <summary>The variables; blank lines and lines that begin with <c>#</c> are passed over, <c>export</c> and one pair of quotes around a value are taken off.</summary>
    /// <exception cref="FormatException">A line is no assignment; the message has its number, not its text.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Read(string path)
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            text = text.StartsWith("export ", StringComparison.Ordinal) ? text[7..].TrimStart() : text;
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new FormatException($"line {number} is not NAME=value");
            }

            yield return KeyValuePair.Create(text[..equals].TrimEnd(), Unquote(text[(equals + 1)..].TrimStart()));
        }
    }

    private static string Unquote(string value)
    {
        if (value.Length >= 2 && value[0] is '"' or '\'' && value.IndexOf(value[0], 1) is > 0 and int end)
        {
            string inner = value[1..end];
            return value[0] == '"' ? inner.Replace("\\n", "\n", StringComparison.Ordinal) : inner;
        }

        int comment = value.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? value : value[..comment].TrimEnd();
    }
}
