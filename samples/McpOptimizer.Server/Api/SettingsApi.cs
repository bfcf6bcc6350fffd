using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hosting;
using McpOptimizer.Core;
using McpOptimizer.Server.Api.Answers;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Server.Api;

/// <summary><c>GET /api/settings</c>: what is in force and where it was set. What may be secret is said to be set and not shown.</summary>
internal static class SettingsApi
{
    private const string Default = "default";

    // Sections that are not ours to describe: their values are shown only where nothing secret can stand.
    private static readonly string[] OtherSections = ["Logging", "HttpEmbeddings", "OnnxEmbeddings", "ToolHive"];
    private static readonly string[] Shown = ["Logging:", "HttpEmbeddings:Model", "HttpEmbeddings:Protocol", "HttpEmbeddings:Dimensions", "ToolHive:OfferTools"];

    private static readonly string[] SecretWords = ["Secret", "Token", "Password", "Key", "Connection", "Credential", "Authorization", "Header"];

    public static ApiEndpoint Endpoint { get; } = new()
    {
        Path = "/api/settings",
        Summary = "The settings in force, by key, and where each was set; secrets are not shown.",
        Answer = ApiJson.Default.SettingsAnswer,
        IsForAdmins = true,
        Handle = request =>
        {
            IConfigurationRoot configuration = (IConfigurationRoot)request.Service<IConfiguration>();
            List<SettingAnswer> settings = [];
            Flatten("McpOptimizer", JsonSerializer.SerializeToNode(request.Service<IOptions<McpOptimizerOptions>>().Value, SettingsJson.Default.McpOptimizerOptions), configuration, settings);
            settings.AddRange(Unnamed(configuration, settings));
            settings.AddRange(HostSettings(request.Service<McpHostOptions>(), configuration));
            settings.AddRange(OtherSections.SelectMany(section => configuration.GetSection(section).AsEnumerable()).Where(pair => pair.Value is not null).Select(pair => Other(pair.Key, pair.Value!, configuration)));
            return Task.FromResult<object>(new SettingsAnswer([.. settings.OrderBy(setting => setting.Key, StringComparer.Ordinal)]));
        },
    };

    private static void Flatten(string key, JsonNode? node, IConfigurationRoot configuration, List<SettingAnswer> settings)
    {
        if (node is JsonObject members)
        {
            foreach ((string name, JsonNode? value) in members)
            {
                Flatten($"{key}:{name}", value, configuration, settings);
            }

            return;
        }

        string? text = node is JsonArray list ? string.Join("; ", list.Select(item => item?.ToString())) : node?.ToString();
        bool isSecret = node?.GetValueKind() == JsonValueKind.String && MayBeSecret(key);
        settings.Add(new SettingAnswer(key, isSecret || string.IsNullOrEmpty(text) ? null : Uri.TryCreate(text, UriKind.Absolute, out _) && text.Contains("://", StringComparison.Ordinal) ? ShownAddress.Of(text) : text, SourceOf(configuration, key), isSecret));
    }

    // Of options that are yet to come, too: what is called like a secret is not shown. A folder or file of secrets is none.
    private static bool MayBeSecret(string key)
    {
        string name = key[(key.LastIndexOf(':') + 1)..];
        return SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) && !name.EndsWith("Folder", StringComparison.Ordinal) && !name.EndsWith("File", StringComparison.Ordinal);
    }

    // What this program reads beside the options, such as a connection string: that it is set is told, and no more.
    private static List<SettingAnswer> Unnamed(IConfigurationRoot configuration, List<SettingAnswer> known)
    {
        HashSet<string> keys = new(known.Select(setting => setting.Key), StringComparer.OrdinalIgnoreCase);
        return
        [
            .. configuration.GetSection("McpOptimizer").AsEnumerable()
                .Where(pair => pair.Value is { Length: > 0 } && !keys.Contains(pair.Key) && !keys.Contains(pair.Key[..pair.Key.LastIndexOf(':')]))
                .Select(pair => Other(pair.Key, pair.Value!, configuration)),
        ];
    }

    private static IEnumerable<SettingAnswer> HostSettings(McpHostOptions host, IConfigurationRoot configuration)
    {
        (string Name, string? Value)[] values =
        [
            (nameof(host.Name), host.Name),
            (nameof(host.Version), host.Version),
            (nameof(host.Urls), string.Join("; ", host.Urls.Select(ShownAddress.Of))),
            (nameof(host.McpPath), host.McpPath),
            (nameof(host.AcceptProfiles), Text(host.AcceptProfiles)),
            (nameof(host.DefaultProfile), host.DefaultProfile),
            (nameof(host.BearerTokenFile), host.BearerTokenFile),
            (nameof(host.Admins), string.Join("; ", host.Admins)),
            (nameof(host.LocalSecretFile), host.LocalSecretFile),
            (nameof(host.AllowedHosts), string.Join("; ", host.AllowedHosts)),
            (nameof(host.AllowedOrigins), string.Join("; ", host.AllowedOrigins)),
            (nameof(host.MaxRequestBodyBytes), Text(host.MaxRequestBodyBytes)),
            (nameof(host.MaxSessions), Text(host.MaxSessions)),
            (nameof(host.MaxSessionsPerCaller), Text(host.MaxSessionsPerCaller)),
            (nameof(host.MaxListeners), Text(host.MaxListeners)),
            (nameof(host.MaxConnections), Text(host.MaxConnections)),
            (nameof(host.SessionIdleTimeout), Text(host.SessionIdleTimeout)),
            (nameof(host.KeepAliveInterval), Text(host.KeepAliveInterval)),
            (nameof(host.DrainTimeout), Text(host.DrainTimeout)),
            (nameof(host.ResumableStreams), Text(host.ResumableStreams)),
        ];
        foreach ((string name, string? value) in values)
        {
            yield return new SettingAnswer($"Host:{name}", string.IsNullOrEmpty(value) ? null : value, SourceOf(configuration, $"Host:{name}"));
        }

        if (host.BearerToken is not null)
        {
            yield return new SettingAnswer("Host:BearerToken", null, SourceOf(configuration, "Host:BearerToken"), IsSecret: true);
        }

        foreach (string subject in host.BearerTokens.Keys)
        {
            yield return new SettingAnswer($"Host:BearerTokens:{subject}", null, SourceOf(configuration, $"Host:BearerTokens:{subject}"), IsSecret: true);
        }
    }

    private static string Text(object value) => value is bool flag ? flag ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static SettingAnswer Other(string key, string value, IConfigurationRoot configuration)
    {
        bool isShown = Shown.Any(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        return new SettingAnswer(key, isShown ? value : null, SourceOf(configuration, key), IsSecret: !isShown);
    }

    // The last provider that knows it counts, as for its value.
    private static string SourceOf(IConfigurationRoot configuration, string key) =>
        configuration.Providers.Reverse().FirstOrDefault(provider => provider.TryGet(key, out string? value) ? value is not null : provider.GetChildKeys([], key).Any()) switch
        {
            null => Default,
            FileConfigurationProvider file => Path.GetFileName(file.Source.Path) is { Length: > 0 } name ? name : "settings file",
            EnvironmentVariablesConfigurationProvider => "environment",
            CommandLineConfigurationProvider => "command line",
            _ => "flag or environment",
        };
}
