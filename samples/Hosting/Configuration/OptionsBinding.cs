using System.Globalization;
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
        Text(nameof(options.Name), value => options.Name = value);
        Text(nameof(options.Version), value => options.Version = value);
        Text(nameof(options.Instructions), value => options.Instructions = value);
        Flag(nameof(options.Stdio), value => options.Stdio = value);
        List(nameof(options.Urls), value => options.Urls = value);
        Text(nameof(options.McpPath), value => options.McpPath = value);
        Flag(nameof(options.AcceptProfiles), value => options.AcceptProfiles = value);
        Text(nameof(options.DefaultProfile), value => options.DefaultProfile = value);
        Text(nameof(options.BearerToken), value => options.BearerToken = value);
        Text(nameof(options.BearerTokenFile), value => options.BearerTokenFile = value);
        foreach (IConfigurationSection entry in section.GetSection(nameof(options.BearerTokens)).GetChildren())
        {
            options.BearerTokens[entry.Key] = entry.Value ?? "";
        }

        List(nameof(options.AllowedHosts), value => options.AllowedHosts = value);
        List(nameof(options.AllowedOrigins), value => options.AllowedOrigins = value);
        Parsed<long>(nameof(options.MaxRequestBodyBytes), "a whole number of bytes", TryParseWhole, value => options.MaxRequestBodyBytes = value);
        Parsed<int>(nameof(options.MaxSessions), "a whole number", TryParseWhole, value => options.MaxSessions = value);
        Parsed<TimeSpan>(nameof(options.SessionIdleTimeout), "a duration such as 00:30:00", TryParseDuration, value => options.SessionIdleTimeout = value);
        Parsed<TimeSpan>(nameof(options.KeepAliveInterval), "a duration such as 00:00:30", TryParseDuration, value => options.KeepAliveInterval = value);
        Parsed<TimeSpan>(nameof(options.DrainTimeout), "a duration such as 00:00:30", TryParseDuration, value => options.DrainTimeout = value);
        Flag(nameof(options.ResumableStreams), value => options.ResumableStreams = value);
        if (faults.Count > 0)
        {
            throw new McpHostConfigurationException(string.Join("; ", faults) + ".");
        }

        void Text(string name, Action<string> set)
        {
            if (section[name] is { Length: > 0 } text)
            {
                set(text);
            }
        }

        void Flag(string name, Action<bool> set) => Parsed<bool>(name, "true or false", bool.TryParse, set);

        void Parsed<T>(string name, string legal, TryParse<T> parse, Action<T> set)
        {
            if (section[name] is not { Length: > 0 } text)
            {
                return;
            }

            if (parse(text, out T value))
            {
                set(value);
            }
            else
            {
                faults.Add($"{SectionName}:{name} is '{text}', but must be {legal}");
            }
        }

        void List(string name, Action<IList<string>> set)
        {
            IConfigurationSection list = section.GetSection(name);
            string[] values =
            [
                .. list.Value?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
                .. list.GetChildren().Select(child => child.Value ?? "").Where(value => value.Length > 0),
            ];
            if (values.Length > 0)
            {
                set([.. values]);
            }
        }
    }

    private static bool TryParseWhole<T>(string text, out T value)
        where T : struct, System.Numerics.INumberBase<T> => T.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);

    private static bool TryParseDuration(string text, out TimeSpan value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);

    private delegate bool TryParse<T>(string text, out T value);
}
