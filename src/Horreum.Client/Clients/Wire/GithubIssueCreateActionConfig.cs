namespace Horreum.Client.Clients.Wire;

/// <summary>Settings of an action that opens a GitHub issue.</summary>
public sealed record GithubIssueCreateActionConfig
{
    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>Team that owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>Repository.</summary>
    public string? Repo { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>Name of the formatter for the text.</summary>
    public string? Formatter { get; init; }
}
