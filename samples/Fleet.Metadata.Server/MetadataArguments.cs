using System.CommandLine;

namespace Fleet.Metadata.Server;

/// <summary>The options of this server's command line, short for settings.</summary>
internal sealed class MetadataArguments
{
    private readonly (Option<string?> Option, string Setting)[] _options =
    [
        (new("--repo") { Description = "The workspace. Default: the current folder.", HelpName = "FOLDER" }, nameof(FleetMetadataOptions.RepositoryPath)),
        (new("--task-file") { Description = "The task state file.", HelpName = "FILE" }, nameof(FleetMetadataOptions.TaskStateFile)),
        (new("--taskfile") { Description = "A Taskfile whose tasks answer further entries. They are run: name only one that you trust.", HelpName = "FILE" }, nameof(FleetMetadataOptions.Taskfile)),
    ];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command) => Array.ForEach(_options, option => command.Add(option.Option));

    /// <summary>What they set.</summary>
    public IEnumerable<string> Settings(ParseResult parsed) => _options
        .Where(option => parsed.GetValue(option.Option) is not null)
        .Select(option => $"--{FleetMetadataOptions.SectionName}:{option.Setting}={Path.GetFullPath(parsed.GetValue(option.Option)!)}");
}
