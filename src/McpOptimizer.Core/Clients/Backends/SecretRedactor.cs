using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>Takes an endpoint's secrets, and a caller's own, out of texts that come from the backend: programs like to print their tokens when they fail.</summary>
internal sealed class SecretRedactor(BackendEndpoint endpoint, string? authorization = null)
{
    private const string Hidden = "***";
    private const int ShortestSecret = 6;

    private static readonly string[] SecretWords = ["token", "key", "secret", "password", "passwd", "pwd", "auth", "credential"];

    private readonly string[] _secrets =
    [
        .. endpoint.Environment.Values
            .Concat(endpoint.Headers.Values)
            .Concat(endpoint.Headers.Values.SelectMany(value => value.Split(' ')))
            .Concat(endpoint.OAuth?.ClientSecret is { } secret ? [secret] : [])
            .Concat(authorization is null ? [] : [authorization, .. authorization.Split(' ')])
            .Concat(SecretArguments(endpoint.Arguments))
            .Where(value => value.Length >= ShortestSecret)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(value => value.Length),
    ];

    /// <summary>The text without secrets.</summary>
    public string Redact(string text)
    {
        foreach (string secret in _secrets)
        {
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        }

        return text;
    }

    private static IEnumerable<string> SecretArguments(IReadOnlyList<string> arguments)
    {
        for (int at = 0; at < arguments.Count; at++)
        {
            string argument = arguments[at];
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? argument : argument[..equals];
            if (!argument.StartsWith('-') || !Array.Exists(SecretWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            if (equals >= 0)
            {
                yield return argument[(equals + 1)..];
            }
            else if (at + 1 < arguments.Count)
            {
                yield return arguments[at + 1];
            }
        }
    }
}
