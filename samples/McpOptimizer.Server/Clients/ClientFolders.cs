namespace McpOptimizer.Server.Clients;

/// <summary>Where programs keep a user's settings on this machine.</summary>
/// <param name="Home">The user's home.</param>
/// <param name="Settings">Settings of programs with a window: <c>~/.config</c>, <c>~/Library/Application Support</c> or <c>%APPDATA%</c>.</param>
/// <param name="Config">Settings of programs for the shell: <c>$XDG_CONFIG_HOME</c> or <c>~/.config</c>; <c>%APPDATA%</c> on Windows.</param>
/// <param name="Current">The current folder, for files of a workspace.</param>
internal sealed record ClientFolders(string Home, string Settings, string Config, string Current)
{
    /// <summary>The folders of this process.</summary>
    public static ClientFolders OfThisMachine()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } named ? named : Path.Combine(home, ".config");
        string current = Directory.GetCurrentDirectory();
        if (OperatingSystem.IsWindows())
        {
            string roaming = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData);
            return new ClientFolders(home, roaming, roaming, current);
        }

        return new ClientFolders(home, OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Application Support") : config, config, current);
    }

    /// <summary>Our own servers file: <c>import</c> writes it, every command reads it when no other is named.</summary>
    public string OwnServersFile => Path.Combine(Config, "mcp-optimizer", "servers.json");
}
