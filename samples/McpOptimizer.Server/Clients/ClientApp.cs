using System.Text.Json.Nodes;

namespace McpOptimizer.Server.Clients;

/// <summary>One MCP client: where it keeps its servers and how it writes them.</summary>
internal sealed record ClientApp
{
    /// <summary>The word for it on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>Its name as people know it.</summary>
    public required string Title { get; init; }

    /// <summary>The user's own file.</summary>
    public required Func<ClientFolders, string> File { get; init; }

    /// <summary>Files of the workspace in the current folder; read by <c>import</c>, never written.</summary>
    public Func<ClientFolders, IReadOnlyList<string>> WorkspaceFiles { get; init; } = _ => [];

    /// <summary>Names of the objects, from the root, that lead to the servers.</summary>
    public required IReadOnlyList<string> Place { get; init; }

    /// <summary>An entry that reaches the optimizer over HTTP; null where the client's file knows programs only.</summary>
    public Func<string, string?, JsonObject>? HttpEntry { get; init; }

    /// <summary>An entry that starts the optimizer.</summary>
    public Func<string, IReadOnlyList<string>, JsonObject> StdioEntry { get; init; } = (command, arguments) => new JsonObject
    {
        ["command"] = command,
        ["args"] = new JsonArray([.. arguments.Select(argument => (JsonNode)argument)]),
    };

    /// <summary>What its user must do for the change to be seen.</summary>
    public string Then { get; init; } = "Restart it to see the change.";
}
