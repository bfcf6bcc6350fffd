using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>What makes two endpoints the same: all values that decide which server is reached and as whom. Kept as a hash, since some are secret.</summary>
internal static class BackendKey
{
    private static readonly ConditionalWeakTable<BackendEndpoint, string> Known = [];

    /// <summary>The key of an endpoint; the same for equal endpoints.</summary>
    public static string Of(BackendEndpoint endpoint) => Known.GetValue(endpoint, Compute);

    /// <summary>The key of one caller's own session with an endpoint.</summary>
    public static string Of(BackendEndpoint endpoint, string authorization) =>
        Of(endpoint) + ":" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(authorization)));

    private static string Compute(BackendEndpoint endpoint)
    {
        StringBuilder text = new();
        Add(text, endpoint.ServerName);
        Add(text, endpoint.Transport.ToString());
        Add(text, endpoint.Url?.OriginalString);
        Add(text, endpoint.Command);
        Add(text, endpoint.WorkingDirectory);
        AddAll(text, endpoint.Arguments);
        AddAll(text, Flatten(endpoint.Headers, StringComparer.OrdinalIgnoreCase));
        AddAll(text, Flatten(endpoint.Environment, StringComparer.Ordinal));
        if (endpoint.OAuth is { } oauth)
        {
            Add(text, oauth.ClientId);
            Add(text, oauth.ClientSecret);
            Add(text, oauth.ClientMetadataUrl?.OriginalString);
            AddAll(text, oauth.Scopes);
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static IReadOnlyList<string> Flatten(IReadOnlyDictionary<string, string> map, StringComparer order) =>
        [.. map.OrderBy(entry => entry.Key, order).SelectMany(entry => new[] { entry.Key, entry.Value })];

    private static void AddAll(StringBuilder text, IReadOnlyList<string> values)
    {
        text.Append(values.Count).Append(';');
        foreach (string value in values)
        {
            Add(text, value);
        }
    }

    // With its length before it, so that no two lists of values run together into the same text.
    private static void Add(StringBuilder text, string? value) => text.Append(value?.Length ?? -1).Append(':').Append(value);
}
