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

        List(nameof(options.Admins), value => options.Admins = value);
        Text(nameof(options.LocalSecretFile), value => options.LocalSecretFile = value);
        List(nameof(options.AllowedHosts), value => options.AllowedHosts = value);
        List(nameof(options.AllowedOrigins), value => options.AllowedOrigins = value);
        Parsed<long>(nameof(options.MaxRequestBodyBytes), "a whole number of bytes", TryParseWhole, value => options.MaxRequestBodyBytes = value);
        Parsed<int>(nameof(options.MaxSessions), "a whole number", TryParseWhole, value => options.MaxSessions = value);
        Parsed<int>(nameof(options.MaxSessionsPerCaller), "a whole number", TryParseWhole, value => options.MaxSessionsPerCaller = value);
        Parsed<int>(nameof(options.MaxListeners), "a whole number", TryParseWhole, value => options.MaxListeners = value);
        Parsed<int>(nameof(options.MaxConnections), "a whole number", TryParseWhole, value => options.MaxConnections = value);
        Duration(nameof(options.SessionIdleTimeout), value => options.SessionIdleTimeout = value);
        Duration(nameof(options.KeepAliveInterval), value => options.KeepAliveInterval = value);
        Duration(nameof(options.DrainTimeout), value => options.DrainTimeout = value);
        Duration(nameof(options.EndOfInputTimeout), value => options.EndOfInputTimeout = value);
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

        void Duration(string name, Action<TimeSpan> set) =>
            Parsed<TimeSpan>(name, "a duration as hours:minutes:seconds, such as 00:00:30 for half a minute", TryParseDuration, set);

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

    // A bare number would be read as days, which nobody means who writes 30.
    private static bool TryParseDuration(string text, out TimeSpan value)
    {
        value = default;
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    private delegate bool TryParse<T>(string text, out T value);
}
