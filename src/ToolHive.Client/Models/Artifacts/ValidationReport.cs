namespace ToolHive.Client.Models.Artifacts;

/// <summary>Whether a folder is a valid skill or plugin.</summary>
public sealed record ValidationReport
{
    /// <summary>True when it is.</summary>
    public bool Valid { get; init; }

    /// <summary>What must be mended.</summary>
    public IReadOnlyList<string> Errors { get => field ?? []; init; }

    /// <summary>What should be mended.</summary>
    public IReadOnlyList<string> Warnings { get => field ?? []; init; }
}
