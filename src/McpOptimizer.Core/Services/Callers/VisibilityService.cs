using System.IO.Enumeration;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Callers;

/// <summary>The allowed groups of the settings for everybody, and the profile of those who have one.</summary>
internal sealed class VisibilityService : IVisibilityService
{
    private static readonly VisibilityScope Nothing = new() { AllowsServer = _ => false };

    private readonly Dictionary<string, ProfileSettings> _profiles;
    private readonly Dictionary<string, string> _profileOfSubject = new(StringComparer.Ordinal);

    // One instance a profile, so that what the index caches per scope is found again.
    private readonly Dictionary<string, VisibilityScope> _scopes;
    private readonly VisibilityScope _everybody;
    private readonly string? _default;

    public VisibilityService(IOptions<McpOptimizerOptions> options)
    {
        HashSet<string>? groups = Names(options.Value.Ingestion.AllowedGroups);
        _everybody = groups is null ? VisibilityScope.Everything : new VisibilityScope { Groups = groups, LearnsAs = "" };
        _default = options.Value.DefaultProfile;
        _profiles = new Dictionary<string, ProfileSettings>(options.Value.Profiles, StringComparer.Ordinal);
        _scopes = _profiles.ToDictionary(profile => profile.Key, profile => Scope(profile.Key, profile.Value, groups), StringComparer.Ordinal);
        foreach ((string name, ProfileSettings profile) in _profiles)
        {
            foreach (string subject in profile.Subjects)
            {
                _profileOfSubject[subject] = name;
            }
        }
    }

    public VisibilityScope ScopeOf(CallerIdentity caller) => TryProfile(caller, out string? name)
        ? name is null ? _everybody : _scopes[name]
        : Nothing;

    public bool MayInstall(CallerIdentity caller) => caller.IsAdmin && TryProfile(caller, out string? name) && (name is null || !_profiles[name].ReadOnly);

    public bool IsProfile(string name) => _profiles.ContainsKey(name);

    // A subject that is bound to a profile has that one whatever it addresses, and no other.
    private bool TryProfile(CallerIdentity caller, out string? name)
    {
        if (caller.Subject is null)
        {
            name = caller.Profile;
            return name is null || _profiles.ContainsKey(name);
        }

        // The default is what a host addresses for whoever addresses nothing.
        if (_profileOfSubject.TryGetValue(caller.Subject, out name))
        {
            return caller.Profile is null || caller.Profile == name || caller.Profile == _default;
        }

        if (ProfilesOf(caller.Groups) is { Count: > 0 } profiles)
        {
            // The default is addressed for whoever addresses nothing, and must not shut out somebody whose one profile is another.
            name = profiles.Count == 1 && (caller.Profile is null || caller.Profile == _default) ? profiles[0] : caller.Profile ?? _default;
            return name is not null && profiles.Contains(name);
        }

        // As soon as some subjects are bound, one that was forgotten must not see more than they do. Whoever signs in is somebody the settings may never have heard of.
        name = caller.Profile ?? _default;
        bool isBound = _profileOfSubject.Count > 0 || (caller.Groups is not null && _profiles.Count > 0);
        return isBound ? name is not null && name == _default : name is null || _profiles.ContainsKey(name);
    }

    private List<string> ProfilesOf(IReadOnlyList<string>? groups) =>
        [.. (groups ?? []).Select(group => _profileOfSubject.GetValueOrDefault(group)).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static VisibilityScope Scope(string learnsAs, ProfileSettings profile, HashSet<string>? allowedGroups)
    {
        HashSet<string>? groups = Names(profile.Groups);
        if (groups is not null && allowedGroups is not null)
        {
            groups.IntersectWith(allowedGroups);
        }

        string[] servers = [.. profile.Servers];
        bool anyTool = profile.AllowTools.Count + profile.DenyTools.Count == 0 && !profile.ReadOnly;
        return new VisibilityScope
        {
            LearnsAs = profile.Learning ? learnsAs : null,
            Groups = groups ?? allowedGroups,
            AllowsServer = servers.Length == 0 ? null : name => Matches(servers, name),
            AllowsTool = anyTool ? null : (server, tool) => IsAllowed(profile, server, $"{server}/{tool.Name}", tool),
            AllowsItem = anyTool ? null : (server, item) => AllowsItem(profile, server, item),
            Limits = profile.CallsPerMinute is null && profile.MaxConcurrentCalls is null ? null : new CallLimits(profile.CallsPerMinute, profile.MaxConcurrentCalls),
        };
    }

    private static bool IsAllowed(ProfileSettings profile, string server, string name, IndexedTool tool) =>
        IsAllowed(profile, name) && (!profile.ReadOnly || (IsBelieved(profile, server) && IsReadOnly(tool)));

    private static bool IsBelieved(ProfileSettings profile, string server) => profile.BelieveHintsOf.Count == 0 || Matches(profile.BelieveHintsOf, server);

    private static bool IsAllowed(ProfileSettings profile, string name) =>
        (profile.AllowTools.Count == 0 || Matches(profile.AllowTools, name)) && !Matches(profile.DenyTools, name);

    // An address may be written in several ways; a rule must hold for it as it came and in its plain form.
    private static bool AllowsItem(ProfileSettings profile, string server, string item) =>
        IsAllowed(profile, $"{server}/{item}")
        && (!Uri.TryCreate(item, UriKind.Absolute, out Uri? address)
            || (IsAllowed(profile, $"{server}/{address.AbsoluteUri}") && IsAllowed(profile, $"{server}/{Uri.UnescapeDataString(address.AbsoluteUri)}")));

    private static bool Matches(IEnumerable<string> patterns, string name) =>
        patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));

    private static bool IsReadOnly(IndexedTool tool)
    {
        using Definition definition = Definition.Parse(tool.DefinitionJson);
        return definition.IsReadOnly;
    }

    private static HashSet<string>? Names(IList<string> list)
    {
        HashSet<string> names = [.. list.Select(name => name.Trim()).Where(name => name.Length > 0)];
        return names.Count == 0 ? null : names;
    }
}
