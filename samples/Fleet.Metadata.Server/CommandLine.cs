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
