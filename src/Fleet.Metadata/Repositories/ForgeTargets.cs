using Fleet.Metadata.Models;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Repositories;

/// <summary>Finds out from the remotes which forge to ask. A host that is not configured is never contacted.</summary>
internal sealed class ForgeTargets(IOptions<FleetMetadataOptions> options)
{
    private const string DefaultRemote = "origin";
    private const string ParentRemote = "upstream";

    public ForgeTarget? Resolve(GitHead head)
    {
        string? name = MainRemote(head);
        if (name is null || RemoteAddresses.Parse(head.Remotes[name]) is not { } remote || FindHost(remote.Host) is not { } host)
        {
            return null;
        }

        RemoteAddress? parent = name != ParentRemote && head.Remotes.TryGetValue(ParentRemote, out string? address) ? RemoteAddresses.Parse(address) : null;
        bool isParent = host.Kind == ForgeKind.GitHub && parent is not null && parent.Host == remote.Host && parent.Path != remote.Path;
        return new ForgeTarget(host, remote.Path, isParent ? parent!.Path : null, head.IsDetached ? head.OperationBranch : head.Branch);
    }

    /// <summary>The remote that stands for the repository: origin, else the one the branch follows, else the only one.</summary>
    public static string? MainRemote(GitHead head) =>
        head.Remotes.ContainsKey(DefaultRemote) ? DefaultRemote
        : head.BranchRemote is { } followed && head.Remotes.ContainsKey(followed) ? followed
        : head.Remotes.Count == 1 ? head.Remotes.Keys.First()
        : null;

    private ForgeHost? FindHost(string name)
    {
        FleetMetadataOptions settings = options.Value;
        return settings.Forges.FirstOrDefault(forge => forge.Host.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name switch
        {
            "github.com" or "ssh.github.com" => new ForgeHost { Host = "github.com", Kind = ForgeKind.GitHub, Token = settings.GitHubToken },
            "gitlab.com" or "altssh.gitlab.com" => new ForgeHost { Host = "gitlab.com", Kind = ForgeKind.GitLab, Token = settings.GitLabToken },
            _ => null,
        };
    }
}
