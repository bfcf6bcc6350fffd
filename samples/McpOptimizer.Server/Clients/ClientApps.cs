using System.Text.Json.Nodes;

namespace McpOptimizer.Server.Clients;

/// <summary>The clients that <c>import</c> and <c>connect</c> know.</summary>
internal static class ClientApps
{
    public static IReadOnlyList<ClientApp> All { get; } =
    [
        new()
        {
            Name = "claude-desktop",
            Title = "Claude Desktop",
            File = folders => Path.Combine(folders.Settings, "Claude", "claude_desktop_config.json"),
            Place = ["mcpServers"],
        },
        new()
        {
            Name = "claude-code",
            Title = "Claude Code",
            File = folders => Path.Combine(folders.Home, ".claude.json"),
            WorkspaceFiles = folders => [Path.Combine(folders.Current, ".mcp.json")],
            Place = ["mcpServers"],
            HttpEntry = (url, token) => Http("http", "url", url, token),
        },
        new()
        {
            Name = "vscode",
            Title = "VS Code",
            File = folders => Path.Combine(folders.Settings, "Code", "User", "mcp.json"),
            WorkspaceFiles = folders => [Path.Combine(folders.Current, ".vscode", "mcp.json")],
            Place = ["servers"],
            HttpEntry = (url, token) => Http("http", "url", url, token),
            Then = "VS Code takes it up by itself.",
        },
        new()
        {
            Name = "cursor",
            Title = "Cursor",
            File = folders => Path.Combine(folders.Home, ".cursor", "mcp.json"),
            WorkspaceFiles = folders => [Path.Combine(folders.Current, ".cursor", "mcp.json")],
            Place = ["mcpServers"],
            HttpEntry = (url, token) => Http(null, "url", url, token),
        },
        new()
        {
            Name = "windsurf",
            Title = "Windsurf",
            File = folders => Path.Combine(folders.Home, ".codeium", "windsurf", "mcp_config.json"),
            Place = ["mcpServers"],
            HttpEntry = (url, token) => Http(null, "serverUrl", url, token),
        },
        new()
        {
            Name = "cline",
            Title = "Cline",
            File = folders => Path.Combine(folders.Settings, "Code", "User", "globalStorage", "saoudrizwan.claude-dev", "settings", "cline_mcp_settings.json"),
            Place = ["mcpServers"],
            HttpEntry = (url, token) => Http("streamableHttp", "url", url, token),
        },
        new()
        {
            Name = "gemini",
            Title = "Gemini CLI",
            File = folders => Path.Combine(folders.Home, ".gemini", "settings.json"),
            WorkspaceFiles = folders => [Path.Combine(folders.Current, ".gemini", "settings.json")],
            Place = ["mcpServers"],
            HttpEntry = (url, token) => Http(null, "httpUrl", url, token),
        },
        new()
        {
            Name = "codex",
            Title = "Codex",
            File = folders => Path.Combine(Environment.GetEnvironmentVariable("CODEX_HOME") is { Length: > 0 } home ? home : Path.Combine(folders.Home, ".codex"), "config.toml"),
            Place = ["mcp_servers"],
            HttpEntry = (url, token) => Http(null, "url", url, token, headers: "http_headers"),
        },
        new()
        {
            Name = "opencode",
            Title = "opencode",
            File = folders => Path.Combine(folders.Home, ".config", "opencode", "opencode.json"),
            WorkspaceFiles = folders => [Path.Combine(folders.Current, "opencode.json")],
            Place = ["mcp"],
            HttpEntry = (url, token) => Http("remote", "url", url, token),
            StdioEntry = (command, arguments) => new JsonObject
            {
                ["type"] = "local",
                ["command"] = new JsonArray([command, .. arguments.Select(argument => (JsonNode)argument)]),
            },
        },
        new()
        {
            Name = "zed",
            Title = "Zed",
            File = folders => Path.Combine(OperatingSystem.IsMacOS() ? Path.Combine(folders.Home, ".config") : folders.Settings, OperatingSystem.IsWindows() ? "Zed" : "zed", "settings.json"),
            Place = ["context_servers"],
            HttpEntry = (url, token) => Http(null, "url", url, token),
            Then = "Zed takes it up by itself.",
        },
    ];

    /// <summary>The client of this name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names those there are.</exception>
    public static ClientApp Named(string name) => All.FirstOrDefault(app => app.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no client '{VisibleText.Shorten(name)}'.{NearestName.Hint(name, All.Select(app => app.Name))}");

    private static JsonObject Http(string? type, string address, string url, string? token, string headers = "headers")
    {
        JsonObject entry = [];
        if (type is not null)
        {
            entry["type"] = type;
        }

        entry[address] = url;
        if (token is not null)
        {
            entry[headers] = new JsonObject { ["Authorization"] = $"Bearer {token}" };
        }

        return entry;
    }
}
