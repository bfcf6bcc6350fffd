using Coder.Client.Models;

namespace Coder.Client;

/// <summary>Settings for the fleet: which workspaces are agents, and how long things may take.</summary>
public sealed class FleetOptions
{
    /// <summary>Whose workspaces are the fleet: a user name, <c>me</c> for the token's user, or <c>*</c> for everything that the token can see.</summary>
    /// <value><c>me</c>.</value>
    public string Owner { get; set; } = "me";

    /// <summary>Further terms of Coder's search that a workspace must match to be an agent, for example <c>has-ai-task:true</c>.</summary>
    public string? WorkspaceQuery { get; set; }

    /// <summary>Slugs of the application that runs the coding agent, most wanted first.</summary>
    /// <value><c>ccw</c> when empty.</value>
    public IList<string> CodingAppSlugs { get; } = [];

    /// <summary>Display name of the application that runs the coding agent, when no slug matches.</summary>
    /// <value><c>Claude Code</c>.</value>
    public string CodingAppDisplayName { get; set; } = "Claude Code";

    /// <summary>Slugs of the application that answers <c>/metadata</c>, most wanted first.</summary>
    /// <value><c>fleet-metadata</c>, then <c>fleet-mcp</c>, when empty.</value>
    public IList<string> MetadataAppSlugs { get; } = [];

    /// <summary>What is typed into the agent's terminal to interrupt it.</summary>
    /// <value><see cref="InterruptKey.Escape"/>.</value>
    public InterruptKey Interrupt { get; set; } = InterruptKey.Escape;

    /// <summary>Whether a project must also have a system-prompt parameter.</summary>
    public bool RequireSystemPrompt { get; set; }

    /// <summary>Whether an agent needs a role; without it a project that has no role can be used too.</summary>
    /// <value>true.</value>
    public bool RequireRole { get; set; } = true;

    /// <summary>Workspaces for each page of a listing: 1 to 1000. The pages after the first are read in parallel.</summary>
    /// <value>100.</value>
    public int PageSize { get; set; } = 100;

    /// <summary>Calls to Coder that one operation has in flight at once: 1 to 64.</summary>
    /// <value>8.</value>
    public int Parallelism { get; set; } = 8;

    /// <summary>Longest time for the metadata of one agent.</summary>
    /// <value>1 second.</value>
    public TimeSpan MetadataTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time for the metadata of all agents of one listing; what is not there by then is left out.</summary>
    /// <value>1.2 seconds.</value>
    public TimeSpan MetadataBudget { get; set; } = TimeSpan.FromSeconds(1.2);

    /// <summary>Workspaces whose metadata is read at once: 1 to 1000.</summary>
    /// <value>64.</value>
    public int MetadataParallelism { get; set; } = 64;

    /// <summary>Longest time to wait for a build that stands in the way, for example the stop of a restart.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan BuildTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time for a cancel, from the call to the answer.</summary>
    /// <value>4.5 seconds.</value>
    public TimeSpan CancelTimeout { get; set; } = TimeSpan.FromSeconds(4.5);

    /// <summary>First pause between two looks at something that is waited for; it doubles up to <see cref="MaxPollInterval"/>.</summary>
    /// <value>250 milliseconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause between two looks.</summary>
    /// <value>2 seconds.</value>
    public TimeSpan MaxPollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Characters of one log entry before it is cut: 100 to 1,000,000.</summary>
    /// <value>4000.</value>
    public int LogEntryCharacters { get; set; } = 4000;
}
