using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpOptimizer.Core;
using McpOptimizer.Core.Repositories.Sources;

namespace McpOptimizer.Server.Clients;

/// <summary>Takes the servers that this machine's clients have into our own servers file. Entries are copied as they stand: a secret that was a reference stays one.</summary>
internal static partial class ServerImport
{
    /// <summary>Looks at the clients' files and says what would be written.</summary>
    public static async Task<ImportPlan> PlanAsync(IReadOnlyList<ClientApp> apps, ClientFolders folders, string target, CancellationToken cancellationToken)
    {
        Dictionary<string, JsonElement> taken = new(StringComparer.Ordinal);
        foreach ((string name, JsonElement entry) in await Own(target).ReadServersAsync(cancellationToken))
        {
            taken[name] = entry;
        }

        List<ImportFile> files = [];
        List<ImportServer> servers = [];
        foreach (ClientApp app in apps)
        {
            foreach (string path in app.WorkspaceFiles(folders).Prepend(app.File(folders)).Distinct().Where(File.Exists))
            {
                try
                {
                    foreach ((string name, JsonElement entry) in await ServersFiles.ReadEntriesAsync(path, cancellationToken: cancellationToken))
                    {
                        servers.Add(Place(app, path, name, entry, folders, taken));
                    }

                    files.Add(new ImportFile(app.Title, path, null));
                }
                catch (SourceFileException e)
                {
                    // A file of settings without servers is no problem; one that cannot be read is.
                    files.Add(new ImportFile(app.Title, path, e.InnerException is null ? null : e.Message));
                }
            }
        }

        return new ImportPlan(target, files, servers);
    }

    /// <summary>Adds what the plan adds.</summary>
    /// <returns>Where the file from before is kept; null when there was none.</returns>
    public static async Task<string?> WriteAsync(ImportPlan plan, CancellationToken cancellationToken)
    {
        ClientFile own = Own(plan.Target);
        string text = own.Exists ? await File.ReadAllTextAsync(plan.Target, cancellationToken) : "{}\n";
        foreach (ImportServer server in plan.Additions().Reverse())
        {
            text = new JsonMembers(text.Trim().Length == 0 ? "{}\n" : text).Set(["mcpServers"], server.As, JsonNode.Parse(server.Entry.GetRawText())!);
        }

        return await own.WriteAsync(text, cancellationToken);
    }

    private static ClientFile Own(string target) => new(
        new ClientApp { Name = "mcp-optimizer", Title = "the optimizer", File = _ => target, Place = ["mcpServers"] }, target);

    private static ImportServer Place(ClientApp app, string path, string name, JsonElement entry, ClientFolders folders, Dictionary<string, JsonElement> taken)
    {
        JsonElement written = Fixed(entry, path, folders);
        string summary = Summarize(written);
        string[] needs = [.. Inputs().Matches(written.GetRawText()).Select(match => InputVariable.Of(match.Groups[1].Value)).Distinct()];
        if (IsOptimizer(name, written))
        {
            return new ImportServer(name, name, app.Title, ImportOutcome.Own, summary, [], written);
        }

        string free = name;
        for (int number = 1; taken.TryGetValue(free, out JsonElement other); number++)
        {
            if (JsonElement.DeepEquals(other, written))
            {
                return new ImportServer(name, free, app.Title, ImportOutcome.Present, summary, needs, written);
            }

            free = number == 1 ? $"{name}-{app.Name}" : $"{name}-{app.Name}-{number}";
        }

        taken[free] = written;
        return new ImportServer(name, free, app.Title, free == name ? ImportOutcome.Added : ImportOutcome.Renamed, summary, needs, written);
    }

    // In our file "the workspace" would be another folder: the place is written out.
    private static JsonElement Fixed(JsonElement entry, string path, ClientFolders folders)
    {
        if (Path.GetDirectoryName(path)?.StartsWith(folders.Current, StringComparison.Ordinal) != true)
        {
            return entry;
        }

        string folder = JsonEncodedText.Encode(folders.Current).ToString();
        string text = entry.GetRawText().Replace("${workspaceFolder}", folder, StringComparison.Ordinal).Replace("${fileDirname}", JsonEncodedText.Encode(Path.GetDirectoryName(path)!).ToString(), StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static bool IsOptimizer(string name, JsonElement entry)
    {
        string text = entry.GetRawText();
        return name == ClientConnection.EntryName
            || text.Contains("McpOptimizer.Server", StringComparison.OrdinalIgnoreCase)
            || text.Contains("mcp-optimizer\"", StringComparison.Ordinal);
    }

    // The program or the host: arguments, headers and queries may hold secrets.
    private static string Summarize(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return "not an object";
        }

        foreach (string member in (string[])["url", "serverUrl", "httpUrl"])
        {
            if (entry.TryGetProperty(member, out JsonElement address) && address.ValueKind == JsonValueKind.String)
            {
                return ShownAddress.Of(address.GetString()!);
            }
        }

        return entry.TryGetProperty("command", out JsonElement command)
            ? command.ValueKind switch
            {
                JsonValueKind.String => VisibleText.Shorten(command.GetString()!),
                JsonValueKind.Array when command.GetArrayLength() > 0 => VisibleText.Shorten(command[0].ToString()),
                JsonValueKind.Object when command.TryGetProperty("path", out JsonElement program) => VisibleText.Shorten(program.ToString()),
                _ => "no program",
            }
            : "no program and no address";
    }

    [GeneratedRegex(@"\$\{input:([^}""\\]+)\}")]
    private static partial Regex Inputs();
}
