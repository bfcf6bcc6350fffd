using Hosting;
using McpOptimizer.Core;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Server.Api.Answers;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Server.Api;

/// <summary><c>GET /api/profiles</c>: the profiles, and what each sees.</summary>
internal static class ProfilesApi
{
    private const int MostNamed = 200;

    public static ApiEndpoint Endpoint { get; } = new()
    {
        Path = "/api/profiles",
        Summary = $"The profiles with their rules, and what each sees now; of its tools the first {MostNamed} by name.",
        Answer = ApiJson.Default.ProfilesAnswer,
        IsForAdmins = true,
        Handle = request =>
        {
            McpOptimizerOptions options = request.Service<IOptions<McpOptimizerOptions>>().Value;
            string? standard = options.DefaultProfile ?? request.Service<McpHostOptions>().DefaultProfile;
            return Task.FromResult<object>(new ProfilesAnswer
            {
                DefaultProfile = standard,
                Everything = See(request, null),
                Profiles = [.. options.Profiles.OrderBy(profile => profile.Key, StringComparer.Ordinal).Select(profile => Describe(request, profile.Key, profile.Value, standard))],
            });
        },
    };

    private static ProfileAnswer Describe(ApiRequest request, string name, ProfileSettings rules, string? standard) => new()
    {
        Name = name,
        IsDefault = name == standard,
        Subjects = [.. rules.Subjects],
        Groups = [.. rules.Groups],
        Servers = [.. rules.Servers],
        AllowTools = [.. rules.AllowTools],
        DenyTools = [.. rules.DenyTools],
        ReadOnly = rules.ReadOnly,
        BelieveHintsOf = [.. rules.BelieveHintsOf],
        CallsPerMinute = rules.CallsPerMinute,
        MaxConcurrentCalls = rules.MaxConcurrentCalls,
        Sees = See(request, name),
    };

    // As a caller without a subject would see it: who is bound to a profile sees the same through it.
    private static SeenAnswer See(ApiRequest request, string? profile)
    {
        IReadOnlyList<IndexedTool> tools = request.Service<IDiscoveryService>().List(new CallerIdentity { Profile = profile });
        return new SeenAnswer
        {
            Servers = [.. tools.Select(tool => tool.ServerName).Distinct(StringComparer.Ordinal)],
            Tools = tools.Count,
            Tokens = tools.Sum(tool => (long)tool.TokenCount),
            FirstTools = profile is null ? [] : [.. tools.Take(MostNamed).Select(tool => $"{tool.ServerName}/{tool.Name}")],
        };
    }
}
