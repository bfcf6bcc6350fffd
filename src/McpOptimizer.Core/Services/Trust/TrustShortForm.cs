using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Trust;
using Microsoft.Extensions.Configuration;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Reads <c>Trust:Servers:NAME = Review</c>, which says the same as <c>Trust:Servers:NAME:Policy = Review</c>: a binder alone would pass over it without a word.</summary>
internal static class TrustShortForm
{
    /// <exception cref="InvalidOperationException">A value is no policy.</exception>
    public static void Apply(IConfiguration configuration, TrustSettings settings)
    {
        foreach (IConfigurationSection server in configuration.GetSection("Trust:Servers").GetChildren().Where(server => !string.IsNullOrEmpty(server.Value)))
        {
            if (int.TryParse(server.Value, out _) || !Enum.TryParse(server.Value, ignoreCase: true, out TrustPolicy policy))
            {
                throw new InvalidOperationException($"Trust:Servers:{server.Key} is '{VisibleText.Shorten(server.Value!)}'; allowed are {string.Join(", ", Enum.GetNames<TrustPolicy>())}.");
            }

            if (!settings.Servers.TryGetValue(server.Key, out TrustServerSettings? rule))
            {
                settings.Servers[server.Key] = rule = new TrustServerSettings();
            }

            rule.Policy = policy;
        }
    }
}
