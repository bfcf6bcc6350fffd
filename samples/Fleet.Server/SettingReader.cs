using System.Globalization;

namespace Fleet.Server;

/// <summary>Reads variables and keeps what is wrong with them, so that all faults are told at once.</summary>
/// <param name="environment">What the process was given.</param>
/// <param name="file">What the file of variables holds; the process's environment wins.</param>
internal sealed class SettingReader(IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> file)
{
    public List<string> Faults { get; } = [];

    public void Fault(string sentence) => Faults.Add(sentence);

    public void Fault(string name, string value, string legal) => Faults.Add($"{name} is '{value}', but must be {legal}");

    public string? Text(string name) => Text(environment, name) ?? Text(file, name);

    /// <summary>Whether the value in use comes from the file.</summary>
    public bool IsFromFile(string name) => Text(environment, name) is null && Text(file, name) is not null;

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

    private static string? Text(IReadOnlyDictionary<string, string> variables, string name) =>
        variables.TryGetValue(name, out string? value) && value.Trim().Length > 0 ? value.Trim() : null;
}
