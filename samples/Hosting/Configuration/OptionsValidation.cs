using System.Buffers;
using Hosting.Security;
using Microsoft.Extensions.Configuration;

namespace Hosting.Configuration;

/// <summary>Checks the options as a whole and names every fault in one message.</summary>
internal static class OptionsValidation
{
    private static readonly SearchValues<char> NotInPath = SearchValues.Create("{}?#* ");

    public static void Validate(McpHostOptions options, IConfiguration configuration)
    {
        List<string> faults = [];
        Require(options.Name.Trim().Length > 0, "Host:Name is empty, but clients need a name");
        Require(options.Version.Trim().Length > 0, "Host:Version is empty, but clients need a version");
        Require(options.DrainTimeout >= TimeSpan.Zero, $"Host:DrainTimeout is {options.DrainTimeout}, but must be 0 or more");
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
            Require(options.MaxRequestBodyBytes > 0, $"Host:MaxRequestBodyBytes is {options.MaxRequestBodyBytes}, but must be 1 or more");
            Require(options.MaxSessions > 0, $"Host:MaxSessions is {options.MaxSessions}, but must be 1 or more");
            Require(options.SessionIdleTimeout > TimeSpan.Zero, $"Host:SessionIdleTimeout is {options.SessionIdleTimeout}, but must be more than 0");
            Require(options.KeepAliveInterval > TimeSpan.Zero, $"Host:KeepAliveInterval is {options.KeepAliveInterval}, but must be more than 0");
            Require(
                options.McpPath.Length > 1 && options.McpPath[0] == '/' && !options.McpPath.AsSpan().ContainsAny(NotInPath),
                $"Host:McpPath is '{options.McpPath}', but must be a path such as /mcp");
            Require(options.Urls.Count > 0, "Host:Urls is empty, but must name an address such as http://127.0.0.1:9900");
            Require(
                !configuration.GetSection("Kestrel:Endpoints").GetChildren().Any(),
                "Kestrel:Endpoints is set, but addresses are taken from Host:Urls only, so that they can be checked");
            foreach (string url in options.Urls.Where(url => !BindAddress.IsValid(url)))
            {
                faults.Add($"Host:Urls has '{url}', but an address is http:// or https://, a host and optionally a port, such as http://127.0.0.1:9900");
            }

            foreach (string origin in options.AllowedOrigins.Where(origin => !OriginRule.IsValid(origin)))
            {
                faults.Add($"Host:AllowedOrigins has '{origin}', but an origin is scheme://host with an optional port, or *");
            }

            ValidateTokens();
        }

        void ValidateTokens()
        {
            try
            {
                bool guarded = BearerTokens.Read(options).Any;
                foreach (string url in options.Urls.Where(url => !guarded && BindAddress.IsValid(url) && !BindAddress.IsLoopback(url)))
                {
                    faults.Add(
                        $"Host:Urls has '{url}', which is reachable from other machines, so a bearer token is required: " +
                        "set Host:BearerToken or Host:BearerTokenFile, or listen on 127.0.0.1");
                }
            }
            catch (McpHostConfigurationException exception)
            {
                faults.Add(exception.Message.TrimEnd('.'));
            }
        }

        void Require(bool condition, string fault)
        {
            if (!condition)
            {
                faults.Add(fault);
            }
        }
    }
}
