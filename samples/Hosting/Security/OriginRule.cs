namespace Hosting.Security;

/// <summary>Which web origins may send requests: the listed ones, or the loopback ones when none is listed.</summary>
internal sealed class OriginRule(IEnumerable<string> allowed)
{
    private readonly HashSet<string> _allowed = new(allowed.Select(Normalize), StringComparer.Ordinal);

    public static bool IsValid(string origin) =>
        origin == "*" || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri is { AbsolutePath: "/", Query: "", UserInfo: "", Host.Length: > 0 });

    public bool Allows(string origin)
    {
        if (_allowed.Contains("*"))
        {
            return true;
        }

        if (!IsValid(origin))
        {
            return false;
        }

        return _allowed.Count > 0 ? _allowed.Contains(Normalize(origin)) : BindAddress.IsLoopbackHost(new Uri(origin).Host);
    }

    /// <summary>Whether the origin was named in the settings, and not only let in because none was.</summary>
    public bool IsListed(string origin) => _allowed.Contains("*") || _allowed.Contains(Normalize(origin));

    private static string Normalize(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) ? uri.GetLeftPart(UriPartial.Authority).ToLowerInvariant() : origin;
}
