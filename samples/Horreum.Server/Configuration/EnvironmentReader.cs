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

    public int Integer(string name, int minimum, int maximum, int byDefault) => (int)Long(name, minimum, maximum, byDefault, "");

    private long Long(string name, long minimum, long maximum, long byDefault, string unit)
    {
        if (Text(name) is not { } text)
        {
            return byDefault;
        }

        return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) && number >= minimum && number <= maximum
            ? number
            : Fault(name, text, $"{unit}an integer from {minimum} to {maximum}", byDefault);
    }

    /// <summary>A time in milliseconds. What is below the least is refused with the unit: who writes 3 means seconds.</summary>
    public TimeSpan Milliseconds(string name, int minimum, int maximum, int byDefault)
    {
        if (Text(name) is not { } text)
        {
            return TimeSpan.FromMilliseconds(byDefault);
        }

        bool number = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long milliseconds);
        string seconds = number && milliseconds > 0 && milliseconds * 1000 <= maximum && milliseconds < minimum
            ? string.Create(CultureInfo.InvariantCulture, $" ({milliseconds} s are {milliseconds * 1000})")
            : "";
        return number && milliseconds >= minimum && milliseconds <= maximum
            ? TimeSpan.FromMilliseconds(milliseconds)
            : Fault(name, text, $"milliseconds, an integer from {minimum} to {maximum}{seconds}", TimeSpan.FromMilliseconds(byDefault));
    }

    /// <summary>A size in bytes.</summary>
    public long Bytes(string name, long minimum, long maximum, long byDefault) => Long(name, minimum, maximum, byDefault, "bytes, ");

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

    /// <summary>An absolute http or https address; a fault shows it without what may be secret in it.</summary>
    public Uri Address(string name, Uri byDefault)
    {
        string? text = Text(name);
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address
            : Fault(name, text is null ? null : ShownAddress.Of(text), "an absolute http or https address", byDefault);
    }

    public IReadOnlyList<string> List(string name) => Text(name)?.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Records a fault and answers the default, so that reading goes on.</summary>
    public T Fault<T>(string name, string? value, string expected, T byDefault)
    {
        _faults.Add(value is null ? $"{name} is missing: it must be {expected}." : $"{name} is '{VisibleText.Shorten(value)}': it must be {expected}.");
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
