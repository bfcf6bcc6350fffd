using Microsoft.Extensions.Configuration;

namespace Hosting.Configuration;

/// <summary>
/// Reads section <c>Host</c> over the defaults. By hand, because the framework's binder appends to a list that has defaults,
/// and because a fault is to name the setting and what it may be.
/// </summary>
internal static class OptionsBinding
{
    public const string SectionName = "Host";

    public static void Bind(McpHostOptions options, IConfigurationSection section)
    {
        List<string> faults = [];
        SectionReader read = new(section, faults);
        read.Text(nameof(options.Name), value => options.Name = value);
        read.Text(nameof(options.Version), value => options.Version = value);
        read.Text(nameof(options.Instructions), value => options.Instructions = value);
        read.Flag(nameof(options.Stdio), value => options.Stdio = value);
        read.List(nameof(options.Urls), value => options.Urls = value);
        read.Text(nameof(options.McpPath), value => options.McpPath = value);
        read.Flag(nameof(options.AcceptProfiles), value => options.AcceptProfiles = value);
        read.Text(nameof(options.DefaultProfile), value => options.DefaultProfile = value);
        read.Text(nameof(options.BearerToken), value => options.BearerToken = value);
        read.Text(nameof(options.BearerTokenFile), value => options.BearerTokenFile = value);
        foreach (IConfigurationSection entry in section.GetSection(nameof(options.BearerTokens)).GetChildren())
        {
            options.BearerTokens[entry.Key] = entry.Value ?? "";
        }

        BindJwt(options.Jwt, new SectionReader(section.GetSection(nameof(options.Jwt)), faults));
        read.List(nameof(options.Admins), value => options.Admins = value);
        read.Text(nameof(options.LocalSecretFile), value => options.LocalSecretFile = value);
        read.List(nameof(options.AllowedHosts), value => options.AllowedHosts = value);
        read.List(nameof(options.AllowedOrigins), value => options.AllowedOrigins = value);
        read.Whole<long>(nameof(options.MaxRequestBodyBytes), "a whole number of bytes", value => options.MaxRequestBodyBytes = value);
        read.Whole<int>(nameof(options.MaxSessions), "a whole number", value => options.MaxSessions = value);
        read.Whole<int>(nameof(options.MaxSessionsPerCaller), "a whole number", value => options.MaxSessionsPerCaller = value);
        read.Whole<int>(nameof(options.MaxListeners), "a whole number", value => options.MaxListeners = value);
        read.Whole<int>(nameof(options.MaxConnections), "a whole number", value => options.MaxConnections = value);
        read.Duration(nameof(options.SessionIdleTimeout), value => options.SessionIdleTimeout = value);
        read.Duration(nameof(options.KeepAliveInterval), value => options.KeepAliveInterval = value);
        read.Duration(nameof(options.DrainTimeout), value => options.DrainTimeout = value);
        read.Duration(nameof(options.EndOfInputTimeout), value => options.EndOfInputTimeout = value);
        read.Flag(nameof(options.ResumableStreams), value => options.ResumableStreams = value);
        if (faults.Count > 0)
        {
            throw new McpHostConfigurationException(string.Join("; ", faults) + ".");
        }
    }

    // A mistyped name here would leave a check out that somebody relies on.
    private static void BindJwt(JwtOptions options, SectionReader read)
    {
        read.Text(nameof(options.Authority), value => options.Authority = value);
        read.Text(nameof(options.Issuer), value => options.Issuer = value);
        read.List(nameof(options.Audiences), value => options.Audiences = value);
        read.Flag(nameof(options.RequireHttps), value => options.RequireHttps = value);
        read.List(nameof(options.Algorithms), value => options.Algorithms = value);
        read.Duration(nameof(options.ClockSkew), value => options.ClockSkew = value);
        read.Text(nameof(options.SubjectClaim), value => options.SubjectClaim = value);
        read.Text(nameof(options.GroupsClaim), value => options.GroupsClaim = value);
        read.Text(nameof(options.ScopeRequired), value => options.ScopeRequired = value);
        read.Text(nameof(options.Resource), value => options.Resource = value);
        read.RefuseOthers();
        if (!options.IsOn)
        {
            read.RefuseAny($"sets nothing without {nameof(options.Authority)}, the address of the issuer");
        }
    }
}
