using System.Collections;
using Hosting;

namespace Fleet.Server;

/// <summary>Where the settings come from: the process's environment, and a file of variables when the command line names one.</summary>
/// <remarks>
/// No file is read unasked: a server that a client starts runs in whatever folder the client is in, and a <c>.env</c> of a stranger's project
/// would then decide where Coder's session token is sent.
/// </remarks>
public static class FleetEnvironment
{
    /// <summary>The option that names a file.</summary>
    public const string Option = "--env-file";

    /// <summary>The variables of the process.</summary>
    public static IReadOnlyDictionary<string, string> Read() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    /// <summary>The variables of a file; empty without one.</summary>
    /// <exception cref="McpHostConfigurationException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> ReadFile(string? file)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach ((string name, string value) in file is null ? [] : Parse(ReadLines(file)))
        {
            variables[name] = value;
        }

        return variables;
    }

    /// <summary>Reads <c>NAME=value</c> lines; quotes around a value, <c>export</c> before a name and comment lines are understood.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Parse(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        foreach (string line in lines.Select(line => line.Trim()))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line.StartsWith('#') || equals < 1)
            {
                continue;
            }

            string name = line[..equals].Trim();
            name = name.StartsWith("export ", StringComparison.Ordinal) ? name[7..].Trim() : name;
            yield return KeyValuePair.Create(name, Unquote(line[(equals + 1)..].Trim()));
        }
    }

    private static string Unquote(string value) =>
        value is ['"', .., '"'] or ['\'', .., '\''] ? value[1..^1] : value;

    private static string[] ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new McpHostConfigurationException($"{Option} '{VisibleText.Shorten(file)}' cannot be read: {exception.Message}", exception);
        }
    }
}
