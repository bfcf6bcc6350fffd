using System.Globalization;

namespace Fleet.Server;

/// <summary>Reads variables and keeps what is wrong with them, so that all faults are told at once.</summary>
internal sealed class SettingReader(IReadOnlyDictionary<string, string> environment)
{
    public List<string> Faults { get; } = [];

    public void Fault(string sentence) => Faults.Add(sentence);

    public void Fault(string name, string value, string legal) => Faults.Add($"{name} is '{value}', but must be {legal}");

    public string? Text(string name) => environment.TryGetValue(name, out string? value) && value.Trim().Length > 0 ? value.Trim() : null;

    public string? Required(string name, string what)
    {
        string? value = Text(name);
        if (value is null)
        {
            Fault($"{name} is missing: {what}");
        }

        return value;
    }

    /// <summary>Only the word true is true, as in the original.</summary>
    public bool Flag(string name)
    {
        string? value = Text(name);
        if (value is not null && !bool.TryParse(value, out _))
        {
            Fault(name, value, "true or false");
        }

        return bool.TryParse(value, out bool flag) && flag;
    }

    public T Choice<T>(string name, IReadOnlyDictionary<string, T> choices, T standard)
    {
        string? value = Text(name);
        if (value is null)
        {
            return standard;
        }

        if (choices.TryGetValue(value, out T? chosen))
        {
            return chosen;
        }

        Fault(name, value, "one of " + string.Join(", ", choices.Keys));
        return standard;
    }

    public int? Number(string name, int least, int most)
    {
        string? value = Text(name);
        if (value is null)
        {
            return null;
        }

        if (int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(name, value, $"a whole number from {least} to {most}");
        return null;
    }

    public TimeSpan? Seconds(string name)
    {
        string? value = Text(name);
        if (value is null)
        {
            return null;
        }

        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= 3600)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        Fault(name, value, "a number of seconds above 0 and up to 3600");
        return null;
    }
}
