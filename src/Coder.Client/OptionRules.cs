namespace Coder.Client;

/// <summary>Rules that more than one setting has.</summary>
internal static class OptionRules
{
    /// <summary>Timers count in milliseconds up to this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    public static void Positive(List<string> faults, string name, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value > Longest)
        {
            faults.Add($"{name} {value} must be longer than zero and at most {Longest.TotalDays:0} days.");
        }
    }

    public static void Between(List<string> faults, string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            faults.Add($"{name} {value} must be {least} to {most}.");
        }
    }
}
