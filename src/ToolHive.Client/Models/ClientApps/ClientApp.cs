namespace ToolHive.Client.Models.ClientApps;

/// <summary>An AI client that ToolHive configures.</summary>
public sealed record ClientApp
{
    /// <summary>Id, such as <c>claude-code</c> or <c>vscode</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Groups it sees.</summary>
    public IReadOnlyList<string> Groups { get => field ?? []; init; }
}
