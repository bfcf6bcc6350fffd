using System.Globalization;
using System.Text.RegularExpressions;
using Fleet.Metadata.Models;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Repositories;

/// <summary>Finds out from git's configuration which forge to ask for what. A host that is not configured is never contacted.</summary>
internal sealed partial class ForgeTargets(IOptions<FleetMetadataOptions> options)
{
    private const string DefaultRemote = "origin";
    private const string ParentRemote = "upstream";
    private const string BranchPrefix = "refs/heads/";
    private const string CommonPrefix = "www.";

    public ForgeTarget? Resolve(GitHead head, GitConfiguration configuration)
    {
        RemoteAddress? main = MainRemote(configuration) is { } name ? RemoteAddresses.Parse(configuration.Remotes[name]) : null;
        RemoteAddress? followed = AddressOf(configuration, configuration.BranchRemote);
        RemoteAddress? pushed = AddressOf(configuration, configuration.PushRemote) ?? main ?? followed;
        if ((pushed is null ? null : FindHost(pushed.Host)) is not { } host)
        {
            return null;
        }

        // Addresses of one forge may name different machines of it.
        string? mainPath = PathOn(host, main);
        string? followedPath = PathOn(host, followed);
        string? branch = head.IsDetached ? head.OperationBranch : head.Branch;
        return new ForgeTarget(
            host,
            pushed!.Path,
            branch is null ? [] : [.. Heads(configuration, branch, pushed.Path, mainPath, followedPath).Distinct()],
            [.. Paths(PathOn(host, AddressOf(configuration, ParentRemote)), followedPath, mainPath).Distinct(StringComparer.OrdinalIgnoreCase)],
            followedPath is not null && RequestNumber(configuration.BranchMerge) is { } number ? new ForgeRequest(followedPath, number) : null);
    }

    /// <summary>The remote that stands for the repository: origin, else the one the branch follows, else the only one.</summary>
    public static string? MainRemote(GitConfiguration configuration) =>
        configuration.Remotes.ContainsKey(DefaultRemote) ? DefaultRemote
        : configuration.BranchRemote is { } followed && configuration.Remotes.ContainsKey(followed) ? followed
        : configuration.Remotes.Count == 1 ? configuration.Remotes.Keys.First()
        : null;

    private static IEnumerable<ForgeHead> Heads(GitConfiguration configuration, string branch, string pushed, string? main, string? followed)
    {
        string merge = configuration.BranchMerge ?? "";
        string? upstream = merge.StartsWith(BranchPrefix, StringComparison.Ordinal) ? merge[BranchPrefix.Length..] : null;

        // An address in place of a remote's name is how request tools note where a contributor's branch is.
        bool isContributor = configuration.BranchRemote is { } remote && !configuration.Remotes.ContainsKey(remote);
        if (upstream is not null && followed is not null && (configuration.PushesToUpstream || isContributor))
        {
            yield return new ForgeHead(followed, upstream);
            yield break;
        }

        if (configuration.PushBranch is { } stored)
        {
            yield return new ForgeHead(pushed, stored);
        }

        yield return new ForgeHead(pushed, branch);
        if (main is not null)
        {
            yield return new ForgeHead(main, branch);
        }

        if (followed is not null && upstream is not null && (upstream == branch || !configuration.FollowsBase))
        {
            yield return new ForgeHead(followed, upstream);
        }
    }

    private static IEnumerable<string> Paths(params string?[] paths) => paths.OfType<string>();

    private static long? RequestNumber(string? reference) =>
        reference is not null && RequestReference().Match(reference) is { Success: true } match
        && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    // Git takes a remote by its name or by its address.
    private static RemoteAddress? AddressOf(GitConfiguration configuration, string? remote) =>
        remote is null ? null : RemoteAddresses.Parse(configuration.Remotes.GetValueOrDefault(remote, remote));

    private string? PathOn(ForgeHost host, RemoteAddress? address) =>
        address is not null && FindHost(address.Host)?.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase) == true ? address.Path : null;

    private ForgeHost? FindHost(string name) => Configured(name) ?? MainName(name) switch
    {
        var main when Configured(main) is { } configured => configured,
        "github.com" => new ForgeHost { Host = "github.com", Kind = ForgeKind.GitHub, Token = options.Value.GitHubToken },
        "gitlab.com" => new ForgeHost { Host = "gitlab.com", Kind = ForgeKind.GitLab, Token = options.Value.GitLabToken },
        _ => null,
    };

    private ForgeHost? Configured(string name) => options.Value.Forges.FirstOrDefault(forge => forge.Host.Equals(name, StringComparison.OrdinalIgnoreCase));

    // The machines that take SSH through the port of HTTPS, and the name that a browser shows.
    private static string MainName(string host) => host switch
    {
        "ssh.github.com" => "github.com",
        "altssh.gitlab.com" => "gitlab.com",
        _ when host.StartsWith(CommonPrefix, StringComparison.Ordinal) => host[CommonPrefix.Length..],
        _ => host,
    };

    [GeneratedRegex(@"\Arefs/(?:pull|merge-requests)/([0-9]+)/(?:head|merge)\z")]
    private static partial Regex RequestReference();
}
