namespace ToolHive.Client.Tools;

/// <summary>Which tools a host offers.</summary>
public sealed class ToolHiveToolsOptions
{
    /// <summary>Whether tools that change something are offered: run, stop, restart, remove. Default false.</summary>
    public bool AllowChanges { get; set; }

    /// <summary>Text before each tool's name, for hosts that offer several packages; empty (default) for none.</summary>
    public string Prefix { get; set; } = "";
}
