using Coder.Client.Models;
using Microsoft.Extensions.Options;

namespace Coder.Client.Clients;

/// <summary>Knows where applications of workspaces are served, and so which addresses may be given the token's cookie.</summary>
internal sealed class AppHosts(IOptions<CoderClientOptions> options)
{
    private volatile string? _wildcard = options.Value.WildcardHost;

    /// <summary>Host pattern of subdomain applications; null until known.</summary>
    public string? Wildcard
    {
        get => _wildcard;
        set => _wildcard = value;
    }

    private Uri Base => options.Value.BaseAddress!;

    /// <summary>Address of an application under a path. The owner must be the real user name, and the agent part stays out.</summary>
    public Uri PathAddress(AgentApp app)
    {
        string path =
            $"{Base.AbsoluteUri.TrimEnd('/')}/@{Uri.EscapeDataString(app.Owner)}/{Uri.EscapeDataString(app.Workspace)}/apps/{Uri.EscapeDataString(app.Slug)}/";
        return new Uri(path);
    }

    /// <summary>Address of an application under a subdomain of the given host pattern, for example <c>*--x.example.com</c>.</summary>
    public Uri SubdomainAddress(string subdomain, string wildcard)
    {
        string host = wildcard.Replace("*", subdomain, StringComparison.Ordinal);
        bool hasPort = host.Contains(':', StringComparison.Ordinal);
        string port = hasPort || Base.IsDefaultPort ? "" : ":" + Route.Number(Base.Port);
        return new Uri($"{Base.Scheme}://{host}{port}/");
    }

    /// <summary>Whether Coder itself serves this address, so that its proxy takes the cookie off before the workspace sees the call.</summary>
    public bool IsServedByCoder(Uri address)
    {
        if (address.Scheme != Base.Scheme)
        {
            return false;
        }

        if (address.Host == Base.Host && address.Port == Base.Port)
        {
            return true;
        }

        return Wildcard?.Split(':')[0] is ['*', .. { Length: > 0 } suffix]
            && address.Host.Length > suffix.Length
            && address.Host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);
    }
}
