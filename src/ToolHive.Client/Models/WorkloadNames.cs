using System.Text;

namespace ToolHive.Client.Models;

/// <summary>Rules for workload names: letters, digits, dot, underscore and hyphen; 1 to 100; no <c>..</c>.</summary>
public static class WorkloadNames
{
    /// <summary>Longest legal name.</summary>
    public const int MaxLength = 100;

    /// <summary>Whether ToolHive accepts the name.</summary>
    public static bool IsLegal(string? name) =>
        name is { Length: > 0 and <= MaxLength } && name.All(IsLegal) && !name.Contains("..", StringComparison.Ordinal) && name != ".";

    /// <summary>Throws when ToolHive would refuse the name.</summary>
    /// <exception cref="ArgumentException">The message names the value, the rule and a legal name that is near.</exception>
    public static void ThrowIfIllegal(string? name, string parameter)
    {
        if (!IsLegal(name))
        {
            throw new ArgumentException(
                $"'{name}' is not a legal workload name: use 1 to {MaxLength} letters, digits, dots, underscores and hyphens, without '..'. "
                    + $"Nearest: '{FromServerName(name)}'.",
                parameter);
        }
    }

    /// <summary>A legal workload name for a registry entry: the part behind the last slash, everything else that is illegal as a hyphen.</summary>
    /// <param name="serverName">Name of the entry, such as <c>io.github.stacklok/fetch</c>.</param>
    /// <returns>A legal name; <c>server</c> when nothing legal is left.</returns>
    public static string FromServerName(string? serverName)
    {
        string last = (serverName ?? "").TrimEnd('/').Split('/')[^1];
        StringBuilder name = new(last.Length);
        foreach (char c in last)
        {
            char legal = IsLegal(c) ? c : '-';
            bool repeats = legal is '-' or '.' && name.Length > 0 && name[^1] == legal;
            if (!repeats)
            {
                name.Append(legal);
            }
        }

        string trimmed = name.ToString().Trim('-', '.');
        return trimmed.Length == 0 ? "server" : trimmed.Length > MaxLength ? trimmed[..MaxLength].TrimEnd('-', '.') : trimmed;
    }

    private static bool IsLegal(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
