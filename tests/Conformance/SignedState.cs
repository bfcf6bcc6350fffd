using System.Security.Cryptography;
using System.Text;
using ModelContextProtocol;

namespace Conformance;

/// <summary>State that travels through the client and must come back unchanged.</summary>
internal static class SignedState
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public static string Issue(string state) => $"{Convert.ToBase64String(Encoding.UTF8.GetBytes(state))}.{Sign(state)}";

    /// <summary>Returns what follows the prefix.</summary>
    /// <exception cref="McpProtocolException">The state is missing, changed, or of another step.</exception>
    public static string Check(string? issued, string prefix)
    {
        string[] parts = issued?.Split('.') ?? [];
        Span<byte> buffer = new byte[1024];
        if (parts.Length != 2 || !Convert.TryFromBase64String(parts[0], buffer, out int length))
        {
            throw Refuse();
        }

        string state = Encoding.UTF8.GetString(buffer[..length]);
        bool genuine = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(state)), Encoding.UTF8.GetBytes(parts[1]));
        return genuine && state.StartsWith(prefix, StringComparison.Ordinal) ? state[prefix.Length..] : throw Refuse();
    }

    private static string Sign(string state) => Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(state)));

    private static McpProtocolException Refuse() => new("requestState is not the state that was issued.", McpErrorCode.InvalidParams);
}
