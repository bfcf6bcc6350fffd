using System.Collections.Frozen;

namespace Coder.Recorder;

/// <summary>The members that a fixture may hold: what Coder.Client reads or sends. Everything else is dropped, whatever Coder will add to its answers.</summary>
internal static class AllowedMembers
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(StringComparer.Ordinal, [
        // Ids, numbers, times and switches.
        "id", "ID", "owner_id", "organization_id", "organization_ids", "template_id", "template_version_id", "template_active_version_id", "active_version_id",
        "template_version_preset_id", "latest_build_id", "workspace_id", "workspace_owner_id", "workspace_app_id", "workspace_agent_id", "agent_id", "app_id",
        "parent_id", "resource_id", "job_id", "task_id", "source_id", "ai_task_sidebar_app_id", "deployment_id", "created_at", "updated_at", "started_at",
        "completed_at", "canceled_at", "dormant_at", "deleting_at", "last_used_at", "last_seen_at", "first_connected_at", "last_connected_at",
        "disconnected_at", "ready_at", "next_start_at", "expires_at", "last_used", "deadline", "max_deadline", "time", "timestamp", "snapshot_at", "count",
        "limit", "offset", "build_number", "queue_position", "queue_size", "active_user_count", "connection_timeout_seconds", "ttl_ms", "lifetime_seconds",
        "max_token_lifetime", "token_name", "port", "network", "P50", "P95", "external", "subdomain", "hidden", "healthy", "outdated", "favorite", "deprecated",
        "archived", "required", "mutable", "ephemeral", "default", "Default", "has_ai_task", "snapshot", "ok", "needs_user_attention", "allow_renames",
        "allow_user_cancel_workspace_jobs", "require_active_version", "use_classic_parameter_flow", "template_allow_user_cancel_workspace_jobs",
        "template_require_active_version", "is_default",

        // Words that Coder chooses.
        "status", "state", "transition", "lifecycle_state", "type", "form_type", "reason", "error_code", "sharing_level", "health", "automatic_updates",
        "workspace_transition", "workspace_status", "login_type", "operating_system", "architecture", "version", "log_level", "level", "log_source", "stage",
        "role", "agent_type", "transport", "provisioner", "autostart_schedule",

        // Names. A person's are replaced.
        "name", "Name", "username", "owner_name", "workspace_owner_name", "initiator_name", "created_by_name", "owner", "display_name", "organization_name",
        "template_name", "template_display_name", "template_version_name", "workspace_name", "slug", "subdomain_name", "wildcard_hostname", "directory",
        "expanded_directory", "process_name",

        // Texts, which are looked through before anything is written.
        "message", "detail", "description", "Description", "deprecation_message", "content", "output", "error", "input", "initial_prompt", "title", "field",
        "uri", "value",

        // Objects and lists.
        "workspaces", "latest_build", "latest_app_status", "job", "resources", "agents", "apps", "statuses", "tasks", "logs", "messages", "current_state",
        "regions", "ports", "validations", "errors", "failing_agents", "build_time_stats", "start", "stop", "delete", "options", "rich_parameter_values",
        "roles", "workspace_build",
    ]);

    /// <summary>Whether the member may stay, looking at what stands beside it.</summary>
    /// <param name="name">Name of the member.</param>
    /// <param name="besideUserName">Whether it describes a person, whose display name is not kept.</param>
    public static bool Allow(string name, bool besideUserName) => Names.Contains(name) && !(besideUserName && name is "name" or "Name");
}
