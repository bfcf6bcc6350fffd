using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Clients.Http;

/// <summary>The values in a request body that a server's error text must not bring back.</summary>
internal static class SecretValues
{
    // Below this length, cutting a value out would garble the text more than it would protect.
    private const int Shortest = 4;

    public static IReadOnlyList<string> Of<T>(T body) => body switch
    {
        WorkloadSettings settings =>
            Keep([.. settings.EnvVars?.Values ?? [], settings.Oidc?.ClientSecret, .. settings.HeaderForward?.AddPlaintextHeaders.Values ?? []]),
        UpgradeWorkloadRequest upgrade => Keep([.. upgrade.Env?.Values ?? []]),
        SetupSecretsBody setup => Keep([setup.Password]),
        SecretBody secret => Keep([secret.Value]),
        PushSkillBody push => Keep([push.IdentityToken, push.Key]),
        _ => [],
    };

    private static IReadOnlyList<string> Keep(IEnumerable<string?> values) => [.. values.OfType<string>().Where(value => value.Length >= Shortest)];
}
