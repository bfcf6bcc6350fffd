namespace Fleet.Metadata.Server;

/// <summary>The flags of this server, as configuration keys. Everything else is <c>--Section:Key value</c>, as in every host.</summary>
internal static class CommandLine
{
    private static readonly Dictionary<string, string> Flags = new(StringComparer.Ordinal)
    {
        ["--repo"] = nameof(FleetMetadataOptions.RepositoryPath),
        ["--taskfile"] = nameof(FleetMetadataOptions.Taskfile),
        ["--task-file"] = nameof(FleetMetadataOptions.TaskStateFile),
    };

    public const string Help = """
        fleet-metadata [--repo FOLDER] [--urls ADDRESS] [--stdio] [--task-file FILE] [--taskfile FILE] [--Section:Key VALUE ...]
            Serves the metadata of a workspace. Without --stdio: /metadata, /metadata/{key}, /health, /ready, /metrics, /openapi.json
            and MCP on /mcp, at http://127.0.0.1:8000.

        fleet-metadata task idle|running|completed|failed ["description"] [--task-file FILE]
            Writes what the agent in the workspace is doing.
        """;

    /// <summary>What is wrong with the flags, in one sentence; null when nothing is.</summary>
    public static string? FindFault(string[] args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            bool ours = Flags.ContainsKey(args[i]) || args[i] == "--urls";
            if (ours && (i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal)))
            {
                return $"{args[i]} needs a value. See --help.";
            }

            if (ours)
            {
                i++;
            }
            else if (args[i].StartsWith("--", StringComparison.Ordinal) && args[i] != "--stdio" && !args[i].Contains(':', StringComparison.Ordinal))
            {
                return $"There is no flag {args[i]}. There is: {string.Join(", ", Flags.Keys)}, --urls, --stdio, and --Section:Key for settings.";
            }
        }

        return null;
    }

    public static string[] Expand(string[] args)
    {
        List<string> expanded = [];
        for (int i = 0; i < args.Length; i++)
        {
            if (Flags.TryGetValue(args[i], out string? name) && i + 1 < args.Length)
            {
                i++;
                expanded.Add($"--{FleetMetadataOptions.SectionName}:{name}={Path.GetFullPath(args[i])}");
            }
            else
            {
                expanded.Add(args[i]);
            }
        }

        return [.. expanded];
    }
}
