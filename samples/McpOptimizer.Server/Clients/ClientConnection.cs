using System.Text.Json.Nodes;
using McpOptimizer.Server.Cli;

namespace McpOptimizer.Server.Clients;

/// <summary>How a client is to reach the optimizer.</summary>
internal static class ClientConnection
{
    /// <summary>The optimizer's name in a client's file.</summary>
    public const string EntryName = "mcp-optimizer";

    /// <summary>An entry over HTTP, or one that starts this program where <paramref name="url"/> is null or the client's file knows programs only.</summary>
    public static JsonObject Entry(ClientApp app, string? url, string? token, IReadOnlyList<string> arguments)
    {
        if (url is not null && app.HttpEntry is { } http)
        {
            return http(url, token);
        }

        (string program, IReadOnlyList<string> before) = OwnProgram.Lasting;
        return app.StdioEntry(program, [.. before, "--stdio", .. arguments]);
    }

    /// <summary>What a client's file holds when there is nothing else in it.</summary>
    public static string Print(ClientApp app, JsonObject entry) => Path.GetExtension(app.File(ClientFolders.OfThisMachine())) == ".toml"
        ? TomlTables.Set("", app.Place[0], EntryName, entry).TrimEnd()
        : new JsonMembers("{}").Set(app.Place, EntryName, entry).TrimEnd();
}
