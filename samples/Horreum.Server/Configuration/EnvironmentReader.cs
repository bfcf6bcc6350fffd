using System.Globalization;

namespace Horreum.Server.Configuration;

/// <summary>Reads environment variables and collects every fault, so that one start names them all.</summary>
internal sealed class EnvironmentReader(Func<string, string?> read)
{
    private readonly List<string> _faults = [];

    /// <summary>The text; null when it is not set or blank.</summary>
    public string? Text(string name) => string.IsNullOrWhiteSpace(read(name)) ? null : read(name)!.Trim();

    public bool Flag(string name, bool byDefault) => Text(name)?.ToLowerInvariant() switch
    {
        null => byDefault,
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        { } word => Fault(name, word, "true, 1, yes, false, 0 or no", byDefault),
    };

    public int Integer(string name, int minimum, int maximum, int byDefault) => (int)Long(name, minimum, maximum, byDefault);

    public long Long(string name, long minimum, long maximum, long byDefault)
    {
        if (Text(name) is not { } text)
        {
            return byDefault;
        }

        return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) && number >= minimum && number <= maximum
            ? number
            : Fault(name, text, $"an integer from {minimum} to {maximum}", byDefault);
    }

    public T Choice<T>(string name, T byDefault, params (string Word, T Value)[] choices)
    {
        if (Text(name) is not { } text)
        {
            return byDefault;
        }

        foreach ((string word, T value) in choices)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return Fault(name, text, "one of " + string.Join(", ", choices.Select(choice => choice.Word)), byDefault);
    }

    public IReadOnlyList<string> List(string name) => Text(name)?.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Records a fault and answers the default, so that reading goes on.</summary>
    public T Fault<T>(string name, string? value, string expected, T byDefault)
    {
        _faults.Add(value is null ? $"{name} is missing: it must be {expected}." : $"{name} is '{value}': it must be {expected}.");
        return byDefault;
    }

    /// <exception cref="SettingsException">There were faults.</exception>
    public void ThrowOnFaults()
    {
        if (_faults.Count > 0)
        {
            throw new SettingsException(string.Join(" ", _faults));
        }
    }
}
