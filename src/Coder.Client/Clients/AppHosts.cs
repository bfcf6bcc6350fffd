using System.Globalization;
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
        string owner = Uri.EscapeDataString(app.Owner);
        string workspace = PathSegment.Escape(app.Workspace, nameof(app));
        string slug = PathSegment.Escape(app.Slug, nameof(app));
        return new Uri($"{Base.AbsoluteUri.TrimEnd('/')}/@{owner}/{workspace}/apps/{slug}/");
    }

    /// <summary>Address of an application under a subdomain of the given host pattern, for example <c>*--x.example.com</c>.</summary>
    /// <exception cref="WorkspaceAppException">The subdomain is no label: it would make another host of the pattern.</exception>
    public Uri SubdomainAddress(string subdomain, string wildcard)
    {
        if (!IsLabel(subdomain))
        {
            throw new WorkspaceAppException($"The application's subdomain '{VisibleText.Shorten(subdomain, 80)}' is no host label: letters, digits and hyphens.");
        }

        string host = wildcard.Replace("*", subdomain, StringComparison.Ordinal);
        string port = host.Contains(':', StringComparison.Ordinal) || Base.IsDefaultPort ? "" : ":" + Route.Number(Base.Port);
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

        // The star stands for one label, as in Coder's certificates: what is deeper below the pattern may belong to somebody else.
        string[] pattern = Wildcard?.Split(':') ?? [];
        return pattern is [['*', .. { Length: > 0 } suffix], ..]
            && address.Port == (pattern.Length > 1 ? Port(pattern[1]) : Base.Port)
            && address.Host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
            && IsLabel(address.Host[..^suffix.Length]);
    }

    private static int Port(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) ? port : -1;

    private static bool IsLabel(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
