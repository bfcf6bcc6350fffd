namespace Horreum.Client.Clients.Wire;

/// <summary>Settings of an action that comments on a GitHub issue.</summary>
public sealed record GithubIssueCommentActionConfig
{
    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>URL of the issue.</summary>
    public string? IssueUrl { get; init; }

    /// <summary>Team that owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>Repository.</summary>
    public string? Repo { get; init; }

    /// <summary>Number of the issue.</summary>
    public string? Issue { get; init; }

    /// <summary>Name of the formatter for the text.</summary>
    public string? Formatter { get; init; }
}
