using System.Collections;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>The environment a stdio server sees: what every program needs and what its entry says, not the host's secrets.</summary>
internal static class ProcessEnvironment
{
    /// <summary>All variables of the server.</summary>
    public static Dictionary<string, string> Build(BackendEndpoint endpoint, BackendSettings settings)
    {
        Dictionary<string, string> built = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            string name = (string)entry.Key;
            if (name != ProcessReaper.MarkVariable && (settings.InheritEnvironment || settings.PassedEnvironment.Any(pattern => Matches(pattern, name))))
            {
                built[name] = (string?)entry.Value ?? "";
            }
        }

        foreach ((string name, string value) in endpoint.Environment)
        {
            built[name] = value;
        }

        return built;
    }

    private static bool Matches(string pattern, string name)
    {
        StringComparison comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], comparison) : name.Equals(pattern, comparison);
    }
}
