namespace Hosting.Security;

/// <summary>Which host names a request may be addressed to. A page that rebinds its own name to this machine is turned away here.</summary>
internal sealed class HostRule
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _suffixes = [];
    private readonly bool _any;
    private readonly bool _loopback;

    public HostRule(McpHostOptions options)
    {
        IEnumerable<string> bound = options.Urls.Select(BindAddress.Host);
        if (options.AllowedHosts.Count == 0)
        {
            _loopback = bound.All(BindAddress.IsLoopbackHost);
            _any = !_loopback;
        }

        foreach (string name in options.AllowedHosts)
        {
            if (name == "*")
            {
                _any = true;
            }
            else if (name.StartsWith("*.", StringComparison.Ordinal))
            {
                _suffixes.Add(name[1..]);
            }
            else
            {
                _names.Add(name);
            }
        }
    }

    public bool Allows(string host) =>
        _any
        || (_loopback && BindAddress.IsLoopbackHost(host))
        || _names.Contains(host)
        || _suffixes.Exists(suffix => host.Length > suffix.Length && host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
}
