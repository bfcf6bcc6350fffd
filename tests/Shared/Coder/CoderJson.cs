using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shared.Coder;

/// <summary>The documented shapes, with what a real deployment puts beside the members that matter: scripts, environment, links with tokens.</summary>
internal static class CoderJson
{
    /// <summary>Secrets that a real workspace JSON carries; none of them may go any further.</summary>
    public static readonly string[] Secrets =
    [
        "ghp_workspaceEnvironmentSecret0000000001",
        "oauth-workspaceEnvironmentSecret-0002",
        "ide-link-secret-0003",
        "script-secret-0004",
    ];

    private static string _script = "";

    private static string Script(int bytes) => _script.Length == bytes + Secrets[3].Length ? _script : _script = Secrets[3] + new string('x', bytes);

    // Coder writes local offsets and as many fractional digits as it happens to have.
    public static string Time(DateTimeOffset time) =>
        time.ToOffset(TimeSpan.FromHours(1)).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture);

    public static void WriteWorkspace(Utf8JsonWriter writer, FakeWorkspace workspace, FakeState state)
    {
        FakeTemplate template = workspace.Template;
        writer.WriteStartObject();
        Member(writer, workspace, "id", () => writer.WriteStringValue(workspace.Id));
        Member(writer, workspace, "created_at", () => writer.WriteStringValue(Time(workspace.CreatedAt)));
        Member(writer, workspace, "updated_at", () => writer.WriteStringValue(Time(workspace.Latest.CreatedAt)));
        writer.WriteString("owner_id", state.UserId);
        Member(writer, workspace, "owner_name", () => writer.WriteStringValue(workspace.Owner));
        writer.WriteString("owner_avatar_url", "https://avatars.example.com/u/1");
        writer.WriteString("organization_id", state.OrganizationId);
        writer.WriteString("organization_name", template.Organization);
        writer.WriteString("template_id", template.Id);
        writer.WriteString("template_name", template.Name);
        writer.WriteString("template_display_name", template.DisplayName);
        writer.WriteString("template_icon", "");
        writer.WriteBoolean("template_allow_user_cancel_workspace_jobs", template.AllowCancel);
        writer.WriteString("template_active_version_id", template.Active.Id);
        writer.WriteBoolean("template_require_active_version", false);
        Member(writer, workspace, "latest_build", () => WriteBuild(writer, workspace, workspace.Latest, state));
        Member(writer, workspace, "latest_app_status", () => WriteStatus(writer, workspace, workspace.LatestStatus));
        writer.WriteBoolean("outdated", workspace.Latest.Version != template.Active);
        Member(writer, workspace, "name", () => writer.WriteStringValue(workspace.Name));
        writer.WriteString("last_used_at", "0001-01-01T00:00:00Z");
        WriteTime(writer, "deleting_at", workspace.DeletingAt);
        WriteTime(writer, "dormant_at", workspace.DormantAt);
        writer.WriteStartObject("health");
        writer.WriteBoolean("healthy", true);
        writer.WriteStartArray("failing_agents");
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteString("automatic_updates", "never");
        writer.WriteBoolean("favorite", false);
        if (Tasks.HasRecords(state.Options.Version))
        {
            Member(writer, workspace, "task_id", () => WriteId(writer, workspace.TaskId));
        }

        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            writer.WriteString(name, Time(known));
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    public static void WriteBuild(Utf8JsonWriter writer, FakeWorkspace workspace, FakeBuild build, FakeState state)
    {
        string status = build.Status(state.Now);
        bool provisioned = !build.IsActive(state.Now) && build.CanceledAt is null;
        writer.WriteStartObject();
        writer.WriteString("id", build.Id);
        writer.WriteString("created_at", Time(build.CreatedAt));
        writer.WriteString("updated_at", Time(build.CreatedAt));
        writer.WriteString("workspace_id", workspace.Id);
        writer.WriteString("workspace_name", workspace.Name);
        writer.WriteString("workspace_owner_id", state.UserId);
        writer.WriteString("workspace_owner_name", workspace.Owner);
        writer.WriteString("template_version_id", build.Version.Id);
        writer.WriteString("template_version_name", status == "pending" ? "" : build.Version.Name);
        writer.WriteNumber("build_number", build.Number);
        writer.WriteString("transition", build.Transition);
        writer.WriteString("initiator_name", state.Options.UserName);
        writer.WriteStartObject("job");
        writer.WriteString("id", build.Id);
        writer.WriteString("created_at", Time(build.CreatedAt));
        if (provisioned)
        {
            writer.WriteString("completed_at", Time(build.EndsAt));
        }

        if (provisioned && build.Error is not null)
        {
            writer.WriteString("error", build.Error);
        }

        writer.WriteString("status", build.JobStatus(state.Now));
        writer.WriteNumber("queue_position", 0);
        writer.WriteNumber("queue_size", 0);
        writer.WriteEndObject();
        writer.WriteString("reason", "initiator");
        writer.WriteStartArray("resources");
        if (provisioned && build.Transition == "start" && build.Error is null)
        {
            WriteResources(writer, workspace, build, state);
        }

        writer.WriteEndArray();
        writer.WriteNull("deadline");
        writer.WriteNull("max_deadline");
        writer.WriteString("status", status);
        writer.WriteNumber("daily_cost", 0);
        writer.WritePropertyName("template_version_preset_id");
        WriteId(writer, build.Preset?.Id);
        if (provisioned)
        {
            writer.WriteBoolean("has_ai_task", workspace.Template.HasAiTask);
            if (Tasks.Parse(state.Options.Version) < new Version(2, 29))
            {
                writer.WriteString("ai_task_sidebar_app_id", workspace.CodingAppId);
            }
        }

        writer.WriteEndObject();
    }

    public static void WriteAgent(Utf8JsonWriter writer, FakeWorkspace workspace, FakeBuild build, FakeState state)
    {
        bool ready = workspace.Booted;
        writer.WriteStartObject();
        writer.WriteString("id", workspace.AgentId);
        writer.WriteNull("parent_id");
        writer.WriteString("created_at", Time(build.CreatedAt));
        writer.WriteString("status", ready ? workspace.ConnectedState : "connecting");
        writer.WriteString("lifecycle_state", ready ? workspace.ReadyState : "created");
        writer.WriteString("name", "main");
        writer.WriteString("architecture", "amd64");
        writer.WriteStartObject("environment_variables");
        writer.WriteString("GH_TOKEN", Secrets[0]);
        writer.WriteString("CLAUDE_CODE_OAUTH_TOKEN", Secrets[1]);
        writer.WriteString("CODER_SESSION_TOKEN", state.Options.Token);
        writer.WriteEndObject();
        writer.WriteString("operating_system", "linux");
        writer.WriteString("version", $"v{state.Options.Version}+230b55b");
        writer.WriteStartArray("apps");
        WriteApp(writer, workspace, state, workspace.CodingAppId, "ccw", "Claude Code", ready ? workspace.AppHealth : "initializing", workspace.Statuses);
        if (workspace.Metadata is not null)
        {
            WriteApp(writer, workspace, state, workspace.AgentId, workspace.MetadataSlug, "Metadata", "healthy", []);
        }

        WriteExternalApp(writer);
        writer.WriteEndArray();
        writer.WriteStartObject("latency");
        writer.WriteEndObject();
        writer.WriteNumber("connection_timeout_seconds", 120);
        writer.WriteStartObject("health");
        writer.WriteBoolean("healthy", ready);
        writer.WriteEndObject();
        writer.WriteStartArray("scripts");
        writer.WriteStartObject();
        writer.WriteString("script", Script(state.Options.ScriptBytes));
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static JsonNode Template(FakeTemplate template, FakeState state) => new JsonObject
    {
        ["id"] = template.Id,
        ["created_at"] = "2025-10-01T08:00:00.123456789Z",
        ["updated_at"] = "2025-10-01T08:00:00Z",
        ["organization_id"] = state.OrganizationId,
        ["organization_name"] = template.Organization,
        ["name"] = template.Name,
        ["display_name"] = template.DisplayName,
        ["provisioner"] = "terraform",
        ["active_version_id"] = template.Active.Id,
        ["active_user_count"] = 1,
        ["build_time_stats"]
        = new JsonObject { ["start"] = new JsonObject { ["P50"] = 22998, ["P95"] = 96603 }, ["stop"] = new JsonObject { ["P50"] = null, ["P95"] = null } },
        ["description"] = template.Description,
        ["deprecated"] = template.Deprecation is not null,
        ["deprecation_message"] = template.Deprecation ?? "",
        ["icon"] = "/icon/code.svg",
        ["allow_user_cancel_workspace_jobs"] = template.AllowCancel,
        ["require_active_version"] = false,
    };

    public static JsonNode Version(FakeVersion version, FakeState state) => new JsonObject
    {
        ["id"] = version.Id,
        ["template_id"] = version.Template.Id,
        ["organization_id"] = state.OrganizationId,
        ["created_at"] = "2025-10-01T08:00:00Z",
        ["name"] = version.Name,
        ["message"] = "",
        ["archived"] = false,
        ["job"] = new JsonObject { ["id"] = version.Id, ["status"] = "succeeded" },
    };

    public static JsonNode Parameters(FakeVersion version) => new JsonArray(
    [
        .. version.Template.Parameters.Select(name => new JsonObject
        {
            ["name"] = name,
            ["description"] = "",
            ["type"] = "string",
            ["form_type"] = "textarea",
            ["mutable"] = true,
            ["default_value"] = "",
            ["options"] = new JsonArray(),
            ["required"] = false,
            ["ephemeral"] = false,
        }),
    ]);

    // The capital letters are how Coder writes them.
    public static JsonNode Presets(FakeVersion version) => new JsonArray(
    [
        .. version.Presets.Select(preset => new JsonObject
        {
            ["ID"] = preset.Id,
            ["Name"] = preset.Name,
            ["Parameters"] = new JsonArray(new JsonObject { ["Name"] = "system_prompt", ["Value"] = $"You are a {preset.Name}." }),
            ["Default"] = preset.Default,
            ["DesiredPrebuildInstances"] = null,
            ["Description"] = "",
        }),
    ]);

    public static JsonNode Organization(FakeState state) => new JsonObject
    {
        ["id"] = state.OrganizationId,
        ["name"] = "coder",
        ["display_name"] = "Coder",
        ["icon"] = "",
        ["description"] = "",
        ["created_at"] = "2025-01-01T00:00:00Z",
        ["updated_at"] = "2025-01-01T00:00:00Z",
        ["is_default"] = true,
    };

    public static JsonNode User(FakeState state) => new JsonObject
    {
        ["id"] = state.UserId,
        ["username"] = state.Options.UserName,
        ["name"] = "Alice Example",
        ["email"] = "alice@example.org",
        ["avatar_url"] = "https://avatars.example.com/u/1",
        ["created_at"] = "2025-01-01T00:00:00Z",
        ["status"] = "active",
        ["login_type"] = "oidc",
        ["organization_ids"] = new JsonArray(state.OrganizationId),
        ["roles"] = new JsonArray(new JsonObject { ["name"] = "owner", ["display_name"] = "Owner" }),
    };

    public static JsonNode ApiKey(FakeState state) => new JsonObject
    {
        ["id"] = "abcdefghij",
        ["user_id"] = state.UserId,
        ["last_used"] = "0001-01-01T00:00:00Z",
        ["expires_at"] = "2027-01-01T00:00:00Z",
        ["created_at"] = "2026-01-01T00:00:00Z",
        ["login_type"] = "token",
        ["scope"] = "all",
        ["token_name"] = "fleet",
        ["lifetime_seconds"] = 2592000,
    };

    private static void WriteResources(Utf8JsonWriter writer, FakeWorkspace workspace, FakeBuild build, FakeState state)
    {
        writer.WriteStartObject();
        writer.WriteString("id", workspace.Id);
        writer.WriteString("type", "docker_volume");
        writer.WriteString("name", "home");
        writer.WriteEndObject();
        writer.WriteStartObject();
        writer.WriteString("id", build.Id);
        writer.WriteString("workspace_transition", "start");
        writer.WriteString("type", "docker_container");
        writer.WriteString("name", "workspace");
        writer.WriteStartArray("agents");
        WriteAgent(writer, workspace, build, state);
        writer.WriteEndArray();
        writer.WriteStartArray("metadata");
        writer.WriteStartObject();
        writer.WriteString("key", "fleet_mcp_bearer_token");
        writer.WriteString("value", Secrets[0]);
        writer.WriteBoolean("sensitive", true);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteApp(
        Utf8JsonWriter writer,
        FakeWorkspace workspace,
        FakeState state,
        Guid id,
        string slug,
        string display,
        string health,
        IEnumerable<FakeAppStatus> statuses)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("url", "http://localhost:3284/");
        writer.WriteBoolean("external", false);
        writer.WriteString("slug", slug);
        writer.WriteString("display_name", display);
        writer.WriteBoolean("subdomain", state.Options.SubdomainApps);
        if (state.Options.SubdomainApps)
        {
            writer.WriteString("subdomain_name", $"{slug}--{workspace.Name}--{workspace.Owner}");
        }

        writer.WriteString("sharing_level", "owner");
        writer.WriteString("health", health);
        writer.WriteBoolean("hidden", false);
        writer.WriteStartArray("statuses");
        foreach (FakeAppStatus status in statuses)
        {
            WriteStatus(writer, workspace, status);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteExternalApp(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", FakeIds.Next());
        writer.WriteString("url", $"vscode://coder.coder-remote/open?token={Secrets[2]}");
        writer.WriteBoolean("external", true);
        writer.WriteString("slug", "vscode");
        writer.WriteString("health", "disabled");
        writer.WriteNull("statuses");
        writer.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter writer, FakeWorkspace workspace, FakeAppStatus? status)
    {
        if (status is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("id", status.Id);
        writer.WriteString("created_at", Time(status.CreatedAt));
        writer.WriteString("workspace_id", workspace.Id);
        writer.WriteString("agent_id", workspace.AgentId);
        writer.WriteString("app_id", workspace.CodingAppId);
        writer.WriteString("state", status.State);
        writer.WriteString("message", status.Message);
        writer.WriteString("uri", status.Uri);
        writer.WriteString("icon", "");
        writer.WriteBoolean("needs_user_attention", false);
        writer.WriteEndObject();
    }

    private static void Member(Utf8JsonWriter writer, FakeWorkspace workspace, string name, Action write)
    {
        writer.WritePropertyName(name);
        if (workspace.Overrides.TryGetValue(name, out string? raw))
        {
            writer.WriteRawValue(raw);
        }
        else
        {
            write();
        }
    }

    private static void WriteId(Utf8JsonWriter writer, Guid? id)
    {
        if (id is { } value)
        {
            writer.WriteStringValue(value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
