using System.Globalization;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Services.Definitions;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>What stands behind a server's name: which program with which arguments, or which address.</summary>
/// <param name="Hash">Over all that decides whose code answers.</param>
/// <param name="Text">The same for people, without secrets.</param>
internal sealed record EndpointFingerprint(string Hash, string Text)
{
    private const string Hidden = "***";

    private static readonly string[] SecretWords = ["token", "key", "secret", "password", "passwd", "pwd", "auth", "credential", "bearer"];

    // Variables by which a program loads other code, or gets it from elsewhere. All others may change: they hold credentials that are renewed.
    private static readonly string[] LoaderPrefixes = ["LD_", "DYLD_", "NODE_", "PYTHON", "DOTNET_", "CORECLR_", "JAVA_", "JDK_", "RUBY", "PERL5", "GIT_", "NPM_CONFIG_", "UV_", "PIP_", "DOCKER_"];

    private static readonly string[] LoaderNames = ["PATH", "PATHEXT", "BASH_ENV", "ENV", "IFS", "CLASSPATH", "_JAVA_OPTIONS", "GEM_PATH", "GEM_HOME", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

    /// <summary>The fingerprint of a workload as its source lists it; null while the source does not know how to reach it.</summary>
    public static EndpointFingerprint? Of(WorkloadDescriptor workload)
    {
        if (workload.Endpoint is not { } endpoint)
        {
            return null;
        }

        List<(string Label, string? Value, string? Shown)> parts =
        [
            ("identifier", WithoutUser(workload.Identifier), workload.Identifier is null ? null : Address(workload.Identifier)),
            ("url", AddressOf(workload, endpoint), endpoint.Url is null ? null : Address(AddressOf(workload, endpoint)!)),
            ("command", endpoint.Command, endpoint.Command),
            ("folder", endpoint.WorkingDirectory, endpoint.WorkingDirectory),
        ];
        string[] arguments = [.. Shown(endpoint.Arguments)];
        parts.AddRange(endpoint.Arguments.Select((argument, at) => ((string, string?, string?))($"argument {at + 1}", argument, arguments[at])));
        parts.AddRange(endpoint.Environment.Where(variable => IsLoader(variable.Key)).OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => ((string, string?, string?))($"variable {variable.Key}", variable.Value, IsSecret(variable.Key) ? Hidden : Address(variable.Value))));
        return new EndpointFingerprint(
            ToolHasher.HashParts(parts.SelectMany(part => new[] { part.Label, part.Value })),
            string.Join('\n', parts.Where(part => part.Value is not null).Select(part => $"{part.Label}: {part.Shown}")));
    }

    // A container behind a proxy on this machine gets another port at each start; which image it runs is what counts.
    private static string? AddressOf(WorkloadDescriptor workload, BackendEndpoint endpoint) => endpoint.Url switch
    {
        null => null,
        { IsLoopback: true } url when workload.Identifier is not null && workload.Identifier != url.OriginalString => "loopback",
        { } url => WithoutUser(url.OriginalString),
    };

    // Credentials are renewed; whose server it is does not depend on them.
    private static string? WithoutUser(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? url) && url.UserInfo.Length > 0 ? address!.Replace(url.UserInfo + "@", "", StringComparison.Ordinal) : address;

    private static string Address(string text) => text.Contains("://", StringComparison.Ordinal) ? ShownAddress.Of(text) : text;

    private static IEnumerable<string> Shown(IReadOnlyList<string> arguments)
    {
        bool hidesNext = false;
        foreach (string argument in arguments)
        {
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? argument : argument[..equals];
            bool isSecret = IsSecret(name);
            yield return hidesNext && !argument.StartsWith('-') ? Hidden
                : isSecret && equals >= 0 ? $"{name}={Hidden}"
                : LooksRandom(equals < 0 ? argument : argument[(equals + 1)..]) ? equals < 0 ? Hidden : $"{name}={Hidden}"
                : Address(argument);
            hidesNext = isSecret && equals < 0 && argument.StartsWith('-');
        }
    }

    private static bool IsSecret(string name) => Array.Exists(SecretWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    // A key that stands there without a word about it: long, of one piece, letters and digits.
    private static bool LooksRandom(string text) =>
        text.Length >= 20 && text.Any(char.IsAsciiDigit) && text.Any(char.IsAsciiLetter) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '=' or '+');

    private static bool IsLoader(string name) =>
        LoaderNames.Contains(name, StringComparer.OrdinalIgnoreCase) || Array.Exists(LoaderPrefixes, prefix => name.StartsWith(prefix, true, CultureInfo.InvariantCulture));
}
