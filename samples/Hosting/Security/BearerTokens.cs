using System.Security.Cryptography;
using System.Text;

namespace Hosting.Security;

/// <summary>The tokens that open this host. Only their hashes are kept.</summary>
internal sealed class BearerTokens
{
    public const string DefaultSubject = "default";

    private readonly List<(string Subject, byte[] Hash)> _tokens = [];
    private readonly List<(string Setting, int Length)> _lengths = [];

    private BearerTokens()
    {
    }

    public bool Any => _tokens.Count > 0;

    /// <exception cref="McpHostConfigurationException">A token or the token file is unusable. The message holds no token.</exception>
    public static BearerTokens Read(McpHostOptions options)
    {
        BearerTokens tokens = new();
        if (options.BearerToken is not null && options.BearerTokenFile is not null)
        {
            throw new McpHostConfigurationException("Host:BearerToken and Host:BearerTokenFile are both set, but only one of them can hold the token.");
        }

        if (options.BearerToken is not null)
        {
            tokens.Add(DefaultSubject, options.BearerToken, "Host:BearerToken");
        }

        if (options.BearerTokenFile is not null)
        {
            tokens.Add(DefaultSubject, ReadFile(options.BearerTokenFile), $"Host:BearerTokenFile '{options.BearerTokenFile}'");
        }

        foreach ((string subject, string token) in options.BearerTokens)
        {
            tokens.Add(subject, token, $"Host:BearerTokens:{subject}");
        }

        return tokens;
    }

    /// <summary>The settings whose token has fewer characters.</summary>
    public IEnumerable<string> ShorterThan(int length) => _lengths.Where(token => token.Length < length).Select(token => token.Setting);

    /// <summary>The subject of a token, or null. Takes the same time wherever a wrong token differs, and compares with every token it knows.</summary>
    public string? FindSubject(string presented)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(presented));
        string? found = null;
        foreach ((string subject, byte[] expected) in _tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, expected))
            {
                found = subject;
            }
        }

        return found;
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new McpHostConfigurationException($"Host:BearerTokenFile '{path}' cannot be read: {exception.Message}", exception);
        }
    }

    private void Add(string subject, string token, string setting)
    {
        if (token.Length == 0 || token.Any(character => character is <= ' ' or > '~'))
        {
            throw new McpHostConfigurationException($"{setting} is empty or has characters other than visible ASCII, which a bearer token cannot have.");
        }

        if (FindSubject(token) is { } other)
        {
            throw new McpHostConfigurationException($"{setting} is the token of '{other}' too, but a token tells callers apart.");
        }

        _lengths.Add((setting, token.Length));
        _tokens.Add((subject, SHA256.HashData(Encoding.UTF8.GetBytes(token))));
    }
}
