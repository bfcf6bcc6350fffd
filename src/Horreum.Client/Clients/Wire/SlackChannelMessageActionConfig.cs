namespace Horreum.Client.Clients.Wire;

/// <summary>Settings of an action that writes to a Slack channel.</summary>
public sealed record SlackChannelMessageActionConfig
{
    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>Channel to write to.</summary>
    public string? Channel { get; init; }

    /// <summary>Name of the formatter for the text.</summary>
    public string? Formatter { get; init; }
}
