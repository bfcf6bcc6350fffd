using Fleet.Metadata.Clients;
using Fleet.Metadata.Models;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata;

/// <summary>Fills what the application left open from the environment variables that the platform and the tools of a workspace use.</summary>
internal sealed class FleetMetadataOptionsSetup(ProcessEnvironment environment) : IPostConfigureOptions<FleetMetadataOptions>
{
    private const string TaskStateFileName = "fleet-metadata-task.json";

    private string TaskStateFolder => environment.Get("XDG_RUNTIME_DIR") ?? environment.Get("HOME")
        ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    public void PostConfigure(string? name, FleetMetadataOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.RepositoryPath))
        {
            options.RepositoryPath = Path.GetFullPath(options.RepositoryPath);
        }

        options.GitHubToken ??= environment.Get("GITHUB_TOKEN") ?? environment.Get("GH_TOKEN");
        options.GitLabToken ??= environment.Get("GITLAB_TOKEN");

        // A folder that others may write to would let them say what the agent is doing, and keep it from saying so.
        options.TaskStateFile ??= environment.Get("FLEET_METADATA_TASK_FILE") ?? Path.Combine(TaskStateFolder, TaskStateFileName);
        options.Taskfile ??= environment.Get("FLEET_MCP_TASKFILE");
        AddForge(options, ForgeKind.GitHub, environment.Get("GH_HOST"), environment.Get("GH_ENTERPRISE_TOKEN"));
        AddForge(options, ForgeKind.GitLab, environment.Get("GITLAB_HOST"), environment.Get("GITLAB_TOKEN"));
    }

    private static void AddForge(FleetMetadataOptions options, ForgeKind kind, string? host, string? token)
    {
        if (host is not null
            && host is not ("github.com" or "gitlab.com")
            && !options.Forges.Any(forge => forge.Host.Equals(host, StringComparison.OrdinalIgnoreCase)))
        {
            options.Forges.Add(new ForgeHost { Host = host, Kind = kind, Token = token });
        }
    }
}
