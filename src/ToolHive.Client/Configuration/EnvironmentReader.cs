using System.Globalization;

namespace ToolHive.Client.Configuration;

/// <summary>Reads typed values from environment variables; every fault names variable, value and rule.</summary>
internal sealed class EnvironmentReader(Func<string, string?> read)
{
    private static readonly string[] True = ["1", "true", "yes", "on"];
    private static readonly string[] False = ["0", "false", "no", "off"];

    public string? Text(string name) => read(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    public IList<string>? List(string name) => Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public int? Number(string name)
    {
        string? text = Text(name);
        return text is null ? null
            : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number
            : throw Fault(name, text, "a whole number");
    }

    public TimeSpan? Seconds(string name)
    {
        string? text = Text(name);
        return text is null ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and <= 86400 ? TimeSpan.FromSeconds(seconds)
            : throw Fault(name, text, "a number of seconds from 0 to 86400");
    }

    public Uri? Uri(string name)
    {
        string? text = Text(name);
        return text is null ? null
            : System.Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) ? uri
            : throw Fault(name, text, "an absolute http or https address");
    }

    public bool? Flag(string name)
    {
        string? text = Text(name)?.ToLowerInvariant();
        return text is null ? null
            : True.Contains(text) ? true
            : False.Contains(text) ? false
            : throw Fault(name, text, "one of 1, true, yes, on, 0, false, no, off");
    }

    private static FormatException Fault(string name, string value, string rule) => new($"{name} is '{value}'; it must be {rule}.");
}
