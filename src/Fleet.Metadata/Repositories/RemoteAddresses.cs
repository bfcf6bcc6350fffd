using System.Text.RegularExpressions;
using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

/// <summary>Reads the addresses that git accepts for a remote: URLs, and <c>user@host:path</c>.</summary>
internal static partial class RemoteAddresses
{
    /// <summary>The user that every forge has for git over SSH; it is no secret.</summary>
    private const string CommonUser = "git";

    /// <summary>The address without user, password, query and fragment. A path on this machine is returned as it is.</summary>
    public static string WithoutCredentials(string address)
    {
        if (Url().Match(address) is { Success: true } url)
        {
            bool ssh = url.Groups["scheme"].Value.Contains("ssh", StringComparison.OrdinalIgnoreCase);
            string user = ssh && url.Groups["user"].Value == CommonUser ? CommonUser + "@" : "";
            string path = url.Groups["path"].Value;
            int end = path.AsSpan().IndexOfAny('?', '#');
            return $"{url.Groups["scheme"].Value}://{user}{url.Groups["host"].Value}{(end < 0 ? path : path[..end])}";
        }

        if (Scp().Match(address) is { Success: true } scp)
        {
            string user = scp.Groups["user"].Value == CommonUser ? CommonUser + "@" : "";
            return $"{user}{scp.Groups["host"].Value}:{scp.Groups["path"].Value}";
        }

        return address;
    }

    /// <summary>Host and repository path; null when the address names no other machine or has no ordinary path.</summary>
    public static RemoteAddress? Parse(string address)
    {
        Match match = Url().Match(address) is { Success: true } url ? url : Scp().Match(address);
        if (!match.Success)
        {
            return null;
        }

        string host = match.Groups["host"].Value.ToLowerInvariant();
        int port = host.LastIndexOf(':');
        host = port > host.LastIndexOf(']') && port >= 0 ? host[..port] : host;
        string path = match.Groups["path"].Value.Trim('/');
        path = path.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? path[..^4] : path;
        return RepositoryPath().IsMatch(path) && !path.Split('/').Any(part => part is "." or "..") ? new RemoteAddress(host, path) : null;
    }

    // The last @ before the first slash ends the user: a password may hold others.
    [GeneratedRegex(@"\A(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:(?<user>[^/]*)@)?(?<host>[^/@?#]*)(?<path>.*)\z", RegexOptions.Singleline)]
    private static partial Regex Url();

    // A single letter before the colon is a drive.
    [GeneratedRegex(
        @"\A(?:(?<user>[^/]*)@)?(?<host>[A-Za-z0-9._-]{2,}|\[[0-9A-Fa-f:]+\]):(?<path>(?!//).+)\z", RegexOptions.Singleline)]
    private static partial Regex Scp();

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+\z")]
    private static partial Regex RepositoryPath();
}
