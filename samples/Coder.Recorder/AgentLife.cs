using Coder.Client;
using Coder.Client.Clients.Wire;
using Coder.Client.Models;
using Coder.Client.Services;

namespace Coder.Recorder;

/// <summary>The life of one agent, call by call. Waiting is not recorded. The workspace is deleted whatever happens.</summary>
internal sealed class AgentLife(
    ICoderClient coder, IAgentApiClient agentApi, IAgentLifecycleService lifecycle, IHttpClientFactory clients, RecorderSettings settings, Recording recording)
{
    public const string RawClient = "raw";

    /// <summary>The only text that the recorder itself gives to an agent.</summary>
    public const string Prompt = "Test recording task";

    private const string Me = "me";
    private const int LongestName = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Name of the workspace that is created as such where the agent itself is created as a task.</summary>
    private string Plain => settings.Agent[..Math.Min(settings.Agent.Length, LongestName - 3)].TrimEnd('-') + "-ws";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await DeleteAllAsync(cancellationToken);
        try
        {
            await LiveAsync(cancellationToken);
        }
        finally
        {
            // Also after a failure or a Ctrl-C: nobody wants to pay for a forgotten workspace.
            await DeleteAllAsync(CancellationToken.None);
        }
    }

    private async Task LiveAsync(CancellationToken cancellationToken)
    {
        await RecordAsync("get_build_info", () => coder.GetBuildInfoAsync(cancellationToken));
        await RecordAsync("get_user", () => coder.Users.GetAsync(Me, cancellationToken));
        await RecordAsync("list_organizations", () => coder.Organizations.ListAsync(cancellationToken));
        await RecordAsync("list_regions", () => coder.Applications.ListRegionsAsync(cancellationToken));
        IReadOnlyList<Template> templates = await RecordAsync("list_templates", () => coder.Templates.ListAsync(cancellationToken: cancellationToken));
        Template template = templates.FirstOrDefault(
            one =>
                settings.Project is null
                    ? !string.IsNullOrEmpty(one.DisplayName)
                    : string.Equals(one.DisplayName, settings.Project, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"No template has the display name '{settings.Project}'.");
        await RecordAsync("get_template", () => coder.Templates.GetAsync(template.Id, cancellationToken));
        IReadOnlyList<RichParameter> parameters = await RecordAsync(
            "list_parameters", () => coder.Templates.ListParametersAsync(template.ActiveVersionId, cancellationToken));
        IReadOnlyList<Preset> presets = await RecordAsync("list_presets", () => coder.Templates.ListPresetsAsync(template.ActiveVersionId, cancellationToken));
        Preset preset = presets.FirstOrDefault(one => settings.Role is null || string.Equals(one.Name, settings.Role, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"Template '{template.DisplayName}' has no preset '{settings.Role}'.");

        Workspace workspace = await CreateAsync(template, parameters, preset, cancellationToken);
        await RecordFailureAsync("create_workspace_conflict", () => CreateWorkspaceAsync(settings.Agent, template, parameters, preset, cancellationToken));
        await RecordFailureAsync("create_workspace_bad_name", () => CreateWorkspaceAsync("bad_name-", template, parameters, preset, cancellationToken));
        await WaitAsync(AgentStatus.Idle, cancellationToken);

        workspace = await RecordAsync("get_workspace_by_name", () => coder.Workspaces.GetByNameAsync(Me, settings.Agent, cancellationToken));
        await RecordAsync("get_workspace", () => coder.Workspaces.GetAsync(workspace.Id, cancellationToken: cancellationToken));
        await RecordAsync("list_workspaces", () => coder.Workspaces.GetPageAsync("owner:me", cancellationToken: cancellationToken));
        await RecordAsync("list_builds", () => coder.Workspaces.ListBuildsAsync(workspace.Id, cancellationToken: cancellationToken));
        await RecordAsync("get_build", () => coder.Builds.GetAsync(workspace.LatestBuild!.Id, cancellationToken));
        await RecordAsync("get_build_parameters", () => coder.Builds.GetParametersAsync(workspace.LatestBuild!.Id, cancellationToken));
        await WorkAsync(workspace, cancellationToken);
        await FailAsync(cancellationToken);

        await RecordAsync(
            "stop_workspace", () => coder.Workspaces.CreateBuildAsync(workspace.Id, new CreateBuildRequest { Transition = "stop" }, cancellationToken));
        await RecordFailureAsync(
            "build_conflict", () => coder.Workspaces.CreateBuildAsync(workspace.Id, new CreateBuildRequest { Transition = "start" }, cancellationToken));
        await WaitAsync(AgentStatus.Stopped, cancellationToken);
        await RecordAsync(
            "start_workspace", () => coder.Workspaces.CreateBuildAsync(workspace.Id, new CreateBuildRequest { Transition = "start" }, cancellationToken));
        await WaitAsync(AgentStatus.Idle, cancellationToken);
        await RecordAsync(
            "delete_workspace", () => coder.Workspaces.CreateBuildAsync(workspace.Id, new CreateBuildRequest { Transition = "delete" }, cancellationToken));
        await WaitAsync(AgentStatus.Deleted, cancellationToken);
        await RecordFailureAsync("get_workspace_deleted", () => coder.Workspaces.GetAsync(workspace.Id, cancellationToken: cancellationToken));
    }

    private async Task<Workspace> CreateAsync(Template template, IReadOnlyList<RichParameter> parameters, Preset preset, CancellationToken cancellationToken)
    {
        CoderVersion version = await coder.GetVersionAsync(cancellationToken);
        if (version < CoderVersion.TaskRecords)
        {
            return await RecordAsync("create_workspace", () => CreateWorkspaceAsync(settings.Agent, template, parameters, preset, cancellationToken));
        }

        CreateTaskRequest request = new()
        {
            Name = settings.Agent,
            Input = Prompt,
            TemplateVersionId = template.ActiveVersionId,
            TemplateVersionPresetId = preset.Id,
        };
        CoderTask task = await RecordAsync("create_task", () => coder.Tasks.CreateAsync(Me, request, cancellationToken));
        await RecordAsync("create_workspace", () => CreateWorkspaceAsync(Plain, template, parameters, preset, cancellationToken));
        await DeleteAsync(Plain, cancellationToken);
        return await coder.Workspaces.GetAsync(task.WorkspaceId!.Value, cancellationToken: cancellationToken);
    }

    private Task<Workspace> CreateWorkspaceAsync(
        string name, Template template, IReadOnlyList<RichParameter> parameters, Preset preset, CancellationToken cancellationToken)
    {
        string? prompt = parameters.Select(parameter => parameter.Name).FirstOrDefault(
            one => one?.Contains("ai", StringComparison.OrdinalIgnoreCase) == true && one.Contains("prompt", StringComparison.OrdinalIgnoreCase));
        CreateWorkspaceRequest request = new()
        {
            Name = name,
            TemplateId = template.Id,
            TemplateVersionPresetId = preset.Id,
            RichParameterValues = prompt is null ? null : [new RichParameterValue { Name = prompt, Value = Prompt }],
        };
        return coder.Workspaces.CreateAsync(Me, request, cancellationToken);
    }

    private async Task WorkAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        CoderVersion version = await coder.GetVersionAsync(cancellationToken);
        Guid taskId = version < CoderVersion.TaskRecords ? workspace.Id : workspace.TaskId ?? workspace.Id;
        await RecordAsync("get_task_logs", () => coder.Tasks.GetLogsAsync(workspace.OwnerName!, taskId, cancellationToken));
        await RecordAsync("send_task_input", async () =>
        {
            await coder.Tasks.SendInputAsync(workspace.OwnerName!, taskId, Prompt, cancellationToken);
            return true;
        });
        await RecordFailureAsync("send_task_input_busy", async () =>
        {
            await coder.Tasks.SendInputAsync(workspace.OwnerName!, taskId, Prompt, cancellationToken);
            return true;
        });
        await RecordAsync("get_task", () => coder.Tasks.GetAsync(workspace.OwnerName!, taskId, cancellationToken));
        Uri app = new($"{settings.CoderUrl.AbsoluteUri.TrimEnd('/')}/@{workspace.OwnerName}/{workspace.Name}/apps/ccw/");
        await RecordAsync("get_agent_status", () => agentApi.GetStatusAsync(app, cancellationToken));
        await RecordAsync("send_interrupt", async () =>
        {
            await agentApi.SendKeysAsync(app, "\u001b", cancellationToken);
            return true;
        });
        await RecordAsync("get_agent_messages", () => agentApi.GetMessagesAsync(app, cancellationToken));
        await WaitAsync(AgentStatus.Idle, cancellationToken);
        await RecordAsync("get_task_logs_after", () => coder.Tasks.GetLogsAsync(workspace.OwnerName!, taskId, cancellationToken));
    }

    private async Task FailAsync(CancellationToken cancellationToken)
    {
        await RecordFailureAsync(
            "get_workspace_unknown", () => coder.Workspaces.GetAsync(new Guid("00000000-0000-4000-8000-00000000dead"), cancellationToken: cancellationToken));
        using HttpClient raw = clients.CreateClient(RawClient);
        await RecordRawAsync("get_workspace_bad_id", raw, "api/v2/workspaces/not-a-uuid", settings.SessionToken, cancellationToken);
        await RecordRawAsync("get_user_unauthorized", raw, "api/v2/users/me", "wrong-token", cancellationToken);
    }

    private async Task RecordRawAsync(string name, HttpClient raw, string path, string token, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Add("Coder-Session-Token", token);
        using IDisposable scope = recording.Begin(name);
        using HttpResponseMessage response = await raw.SendAsync(request, cancellationToken);
    }

    private async Task WaitAsync(AgentStatus status, CancellationToken cancellationToken)
    {
        WaitOutcome outcome = await lifecycle.WaitAsync(settings.Agent, status, Patience, cancellationToken: cancellationToken);
        if (!outcome.Reached)
        {
            throw new InvalidOperationException($"The agent should become {status.ToWord()}, but {outcome.Reason}.");
        }
    }

    private async Task DeleteAllAsync(CancellationToken cancellationToken)
    {
        await DeleteAsync(Plain, cancellationToken);
        await DeleteAsync(settings.Agent, cancellationToken);
    }

    private async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await lifecycle.DeleteAsync(name, cancellationToken: cancellationToken);
            await lifecycle.WaitAsync(name, AgentStatus.Deleted, Patience, cancellationToken: cancellationToken);
        }
        catch (FleetException e) when (e.Code == FleetErrorCode.NotFound)
        {
            // There is nothing to delete.
        }
    }

    private async Task<T> RecordAsync<T>(string name, Func<Task<T>> call)
    {
        using IDisposable scope = recording.Begin(name);
        return await call();
    }

    private async Task RecordFailureAsync<T>(string name, Func<Task<T>> call)
    {
        try
        {
            await RecordAsync(name, call);
        }
        catch (CoderApiException)
        {
            return;
        }

        throw new InvalidOperationException($"The call '{name}' should fail, but did not.");
    }
}
