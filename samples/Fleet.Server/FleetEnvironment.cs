using System.Collections;
using Hosting;

namespace Fleet.Server;

/// <summary>The environment, with a <c>.env</c> file below it: what the process was given wins.</summary>
public static class FleetEnvironment
{
    /// <summary>Reads the variables of the process, and those of <c>.env</c> in a folder.</summary>
    public static IReadOnlyDictionary<string, string> Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        string file = Path.Combine(folder, ".env");
        if (File.Exists(file))
        {
            foreach ((string name, string value) in Parse(ReadLines(file)))
            {
                variables[name] = value;
            }
        }

        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
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
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new McpHostConfigurationException($"{file} cannot be read: {exception.Message}", exception);
        }
    }
}
