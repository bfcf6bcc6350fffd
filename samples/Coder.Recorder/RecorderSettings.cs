using System.Collections;

namespace Coder.Recorder;

/// <summary>What to record, from the environment and the command line.</summary>
public sealed class RecorderSettings
{
    /// <summary>How the recorder is called.</summary>
    public const string Usage = "usage: CODER_URL=... CODER_SESSION_TOKEN=... Coder.Recorder --out FOLDER [--project NAME] [--role NAME] [--agent NAME]";

    /// <summary>Address of the deployment.</summary>
    public required Uri CoderUrl { get; init; }

    /// <summary>The caller's token.</summary>
    public required string SessionToken { get; init; }

    /// <summary>Folder for the fixtures.</summary>
    public required string Folder { get; init; }

    /// <summary>Display name of the template; null takes the first that has one.</summary>
    public string? Project { get; init; }

    /// <summary>Name of the preset; null takes the first.</summary>
    public string? Role { get; init; }

    /// <summary>Name of the workspace that is made, and deleted again at the end.</summary>
    public string Agent { get; init; } = "test-recording-agent";

    /// <summary>Values that must not appear in any fixture, beside what looks like a secret.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Reads the settings; the faults are returned and not thrown, all at once.</summary>
    public static RecorderSettings? Read(string[] args, Func<string, string?> environment, out string? faults)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(environment);
        List<string> wrong = [];
        Dictionary<string, string> given = [];
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 < args.Length && args[i] is "--out" or "--project" or "--role" or "--agent")
            {
                given[args[i]] = args[i + 1];
            }
            else
            {
                wrong.Add($"'{args[i]}' is no option with a value");
            }
        }

        if (!Uri.TryCreate(environment("CODER_URL"), UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            wrong.Add("CODER_URL must be the absolute http or https address of a Coder deployment");
        }

        string? token = environment("CODER_SESSION_TOKEN");
        if (string.IsNullOrWhiteSpace(token))
        {
            wrong.Add("CODER_SESSION_TOKEN is missing");
        }

        if (!given.TryGetValue("--out", out string? folder))
        {
            wrong.Add("--out FOLDER is missing");
        }

        faults = wrong.Count == 0 ? null : string.Join("; ", wrong) + ".";
        return faults is not null ? null : new RecorderSettings
        {
            CoderUrl = url!,
            SessionToken = token!,
            Folder = folder!,
            Project = given.GetValueOrDefault("--project"),
            Role = given.GetValueOrDefault("--role"),
            Agent = given.GetValueOrDefault("--agent") ?? "test-recording-agent",
            Secrets = [.. SecretVariables()],
        };
    }

    private static readonly string[] SecretNames = ["TOKEN", "SECRET", "PASSW", "PASSPHRASE", "PWD_", "CREDENTIAL", "APIKEY", "_KEY", "_PAT", "_DSN"];

    // Whatever the person who records keeps in variables with such names must not end up in a file.
    private static IEnumerable<string> SecretVariables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Where(
            entry =>
                ((string)entry.Key).ToUpperInvariant() is var name
                    && Array.Exists(SecretNames, part => name.Contains(part, StringComparison.Ordinal)))
        .Select(entry => (string?)entry.Value ?? "")
        .Where(value => value.Length >= 8);
}
