using System.ComponentModel.DataAnnotations;
using Fleet.Metadata.Models;

namespace Fleet.Metadata;

/// <summary>Settings of the metadata service. A class and not a record, so that nothing prints a token by accident.</summary>
public sealed class FleetMetadataOptions
{
    /// <summary>Configuration section that hosts bind by default.</summary>
    public const string SectionName = "Metadata";

    /// <summary>The workspace: a folder in, or of, a git repository. Made absolute at start.</summary>
    /// <value>The current folder.</value>
    [Required]
    public string RepositoryPath { get; set; } = ".";

    /// <summary>When an answer is sent at the latest, with what is there by then. 10 milliseconds to 10 minutes.</summary>
    /// <value>4 seconds, below the 5 that consumers of the contract wait.</value>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Time for what git must be asked; a git that needs longer is killed. 10 milliseconds to 10 minutes.</summary>
    /// <value>2 seconds.</value>
    public TimeSpan GitDeadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>True to read repositories that another user owns, which git refuses unless its own <c>safe.directory</c> names them.</summary>
    /// <value>False.</value>
    public bool TrustOtherOwners { get; set; }

    /// <summary>False to leave pull and merge requests out: no request leaves the machine.</summary>
    /// <value>True.</value>
    public bool ForgeEnabled { get; set; } = true;

    /// <summary>Token for github.com, sent to its API only. Null asks without one (60 requests an hour instead of 5,000).</summary>
    /// <value>The environment's <c>GITHUB_TOKEN</c>, else <c>GH_TOKEN</c>.</value>
    public string? GitHubToken { get; set; }

    /// <summary>Token for gitlab.com, sent to its API only.</summary>
    /// <value>The environment's <c>GITLAB_TOKEN</c>.</value>
    public string? GitLabToken { get; set; }

    /// <summary>
    /// Further forges, such as Enterprise servers. Only listed hosts, github.com and gitlab.com are ever contacted; an entry for one of these replaces it.
    /// </summary>
    public IList<ForgeHost> Forges { get; } = [];

    /// <summary>How old an answer of a forge may be and still be reported; from half of it on it is renewed in the background. Zero asks each time.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan ForgeMaxAge { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How old the last answer may be while the forge cannot be asked (unreachable, or its rate limit is used up).
    /// No effect when <see cref="ForgeMaxAge"/> is zero.
    /// </summary>
    /// <value>10 minutes.</value>
    public TimeSpan ForgeStaleLimit { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an answer waits for a forge when nothing young enough is known. The request itself goes on for the next answer.</summary>
    /// <value>1 second.</value>
    public TimeSpan ForgeDeadline { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time for one request to a forge, connecting included.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan ForgeRequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The task state file.</summary>
    /// <value>
    /// The environment's <c>FLEET_METADATA_TASK_FILE</c>, else <c>fleet-metadata-task.json</c> in <c>XDG_RUNTIME_DIR</c>, else in the user's folder.
    /// </value>
    public string? TaskStateFile { get; set; }

    /// <summary>
    /// A Taskfile whose marked tasks are run for their output. Null runs none: a Taskfile is code, and is never picked up from a repository by itself.
    /// </summary>
    /// <value>The environment's <c>FLEET_MCP_TASKFILE</c>.</value>
    public string? Taskfile { get; set; }

    /// <summary>Time for one task; then it and all it started is killed.</summary>
    /// <value>3 seconds.</value>
    public TimeSpan TaskfileDeadline { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How many tasks run at a time. 1 to 64.</summary>
    /// <value>4.</value>
    [Range(1, 64)]
    public int TaskfileParallelism { get; set; } = 4;

    /// <summary>How many fields of the Taskfile are taken, in its order. 1 to 1,000.</summary>
    /// <value>50.</value>
    [Range(1, 1000)]
    public int TaskfileMaxFields { get; set; } = 50;

    /// <summary>True to report a task's output as number or truth value when it is one in JSON.</summary>
    /// <value>False: all values of a Taskfile are text.</value>
    public bool TaskfileTypedValues { get; set; }

    /// <summary>
    /// How long a request waits for a running collection to end before one of its own begins. Requests that wait share the next collection;
    /// none joins a collection that began before it, so that no answer misses what was done before its request.
    /// </summary>
    /// <value>50 milliseconds.</value>
    public TimeSpan CoalescingWindow { get; set; } = TimeSpan.FromMilliseconds(50);
}
