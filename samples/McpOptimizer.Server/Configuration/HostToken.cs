namespace McpOptimizer.Server.Configuration;

/// <summary>The token of the host as this process' settings have it: what a client of the same person presents.</summary>
internal static class HostToken
{
    /// <summary>The token; null when none is set.</summary>
    /// <exception cref="SettingException">The file that should hold it cannot be read.</exception>
    public static string? Read()
    {
        // The settings file is looked at once: nothing watches it.
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false)
            .AddEnvironmentVariables()
            .Build();
        string? token = configuration["Host:BearerToken"];
        if (token is null && configuration["Host:BearerTokenFile"] is { Length: > 0 } file)
        {
            try
            {
                token = File.ReadAllText(file).Trim();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SettingException($"The token file '{file}' cannot be read: {e.Message}");
            }
        }

        return string.IsNullOrEmpty(token) ? null : token;
    }
}
