using System.Collections.Frozen;

namespace Fleet.Metadata.Services;

/// <summary>The keys that the collectors of this package report; a Taskfile's field of such a name would be collected and dropped.</summary>
internal static class BuiltInKeys
{
    private static readonly string[] Git =
    [
        "ahead", "bare", "behind", "branch", "commit_hash", "commit_message", "commit_sha", "conflicts", "detached", "operation", "operation_branch",
        "remote_url", "status", "status_reason", "submodule_count", "unborn", "upstream", "worktree", "worktree_count",
    ];

    private static readonly string[] Request = ["number", "status", "title", "url", "age_seconds"];

    private static readonly string[] Workspace = ["id", "name", "owner", "agent_name", "task_status", "task_description", "task_updated_at"];

    private static readonly FrozenSet<string> All = Git.Select(static name => "git_" + name)
        .Concat(Request.SelectMany(static name => new[] { "github_pr_" + name, "gitlab_mr_" + name }))
        .Concat(Workspace.Select(static name => "workspace_" + name))
        .Concat(["github_repo_name", "gitlab_project_name"])
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string key) => All.Contains(key);
}
