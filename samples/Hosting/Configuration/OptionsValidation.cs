using System.Buffers;
using Hosting.Security;

namespace Hosting.Configuration;

/// <summary>Checks the options as a whole and names every fault in one message.</summary>
internal static class OptionsValidation
{
    private const int ShortestToken = 16;
    private const long FewestBodyBytes = 1000;
    private const long MostBodyBytes = 1L << 31;

    private static readonly SearchValues<char> NotInPath = SearchValues.Create("{}?#* ");

    public static void Validate(McpHostOptions options)
    {
        List<string> faults = [];
        Require(options.Name.Trim().Length > 0, "Host:Name is empty, but clients need a name");
        Require(options.Version.Trim().Length > 0, "Host:Version is empty, but clients need a version");
        Range(options.DrainTimeout, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(options.DrainTimeout));
        Range(options.EndOfInputTimeout, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(options.EndOfInputTimeout));
        if (!options.Stdio)
        {
            ValidateHttp();
        }

        if (faults.Count > 0)
        {
            throw new McpHostConfigurationException(string.Join("; ", faults) + ".");
        }

        void ValidateHttp()
        {
            Require(
                options.MaxRequestBodyBytes is >= FewestBodyBytes and <= MostBodyBytes,
                $"Host:MaxRequestBodyBytes is {options.MaxRequestBodyBytes}, but must be {FewestBodyBytes} to {MostBodyBytes} bytes");
            Count(options.MaxSessions, nameof(options.MaxSessions));
            Count(options.MaxSessionsPerCaller, nameof(options.MaxSessionsPerCaller));
            Count(options.MaxListeners, nameof(options.MaxListeners));
            Count(options.MaxConnections, nameof(options.MaxConnections));
            Range(options.SessionIdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7), nameof(options.SessionIdleTimeout));
            Range(options.KeepAliveInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.KeepAliveInterval));
            Require(
                options.McpPath.Length > 1 && options.McpPath[0] == '/' && !options.McpPath.AsSpan().ContainsAny(NotInPath),
                $"Host:McpPath is '{options.McpPath}', but must be a path such as /mcp");
            Require(options.Urls.Count > 0, "Host:Urls is empty, but must name an address such as http://127.0.0.1:9900");
            foreach (string url in options.Urls.Where(url => !BindAddress.IsValid(url)))
            {
                faults.Add($"Host:Urls has '{ShownAddress.Of(url)}', but an address is http:// or https://, a host and optionally a port, such as http://127.0.0.1:9900");
            }

            foreach (string origin in options.AllowedOrigins.Where(origin => !OriginRule.IsValid(origin)))
            {
                faults.Add($"Host:AllowedOrigins has '{ShownAddress.Of(origin)}', but an origin is scheme://host with an optional port, or *");
            }

            JwtValidation.AddFaults(options, faults);
            ValidateTokens();
        }

        void ValidateTokens()
        {
            BearerTokens tokens;
            try
            {
                tokens = BearerTokens.Read(options);
            }
            catch (McpHostConfigurationException exception)
            {
                faults.Add(exception.Message.TrimEnd('.'));
                return;
            }

            foreach (string admin in options.Admins)
            {
                if (options.FindSubjectFault(admin) is { } fault)
                {
                    faults.Add($"Host:Admins names '{VisibleText.Shorten(admin)}', but {fault.TrimEnd('.')}");
                }
            }

            string[] reachable = [.. options.Urls.Where(url => BindAddress.IsValid(url) && !BindAddress.IsLoopback(url))];
            foreach (string url in reachable.Where(_ => !tokens.Any && !options.Jwt.IsOn))
            {
                faults.Add(
                    $"Host:Urls has '{ShownAddress.Of(url)}', which is reachable from other machines, so a bearer token is required: " +
                    "set Host:BearerToken, Host:BearerTokenFile or Host:Jwt, or listen on 127.0.0.1");
            }

            foreach (string setting in tokens.ShorterThan(ShortestToken).Where(_ => reachable.Length > 0))
            {
                faults.Add($"{setting} has fewer than {ShortestToken} characters, which can be guessed by whoever reaches '{ShownAddress.Of(reachable[0])}'");
            }
        }

        void Count(int value, string name) => Require(value > 0, $"Host:{name} is {value}, but must be 1 or more");

        void Range(TimeSpan value, TimeSpan min, TimeSpan max, string name) =>
            Require(value >= min && value <= max, $"Host:{name} is {value}, but must be {min} to {max} (days.hours:minutes:seconds)");

        void Require(bool condition, string fault)
        {
            if (!condition)
            {
                faults.Add(fault);
            }
        }
    }
}
