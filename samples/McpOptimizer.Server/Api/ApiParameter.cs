using System.Globalization;

namespace McpOptimizer.Server.Api;

/// <summary>A query parameter: read, checked and described from here alone.</summary>
/// <param name="Name">Its name, in snake case.</param>
/// <param name="Description">What it is for.</param>
internal sealed record ApiParameter(string Name, string Description)
{
    /// <summary>The profile on whose behalf is asked; the same everywhere.</summary>
    public static ApiParameter Profile { get; } = new("profile", "Answer as callers of this profile would be answered; without it, the host's default profile.");

    /// <summary>What its value is.</summary>
    public ApiParameterKind Kind { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Least legal number.</summary>
    public long Min { get; init; }

    /// <summary>Greatest legal number.</summary>
    public long Max { get; init; } = long.MaxValue;

    /// <summary>The legal texts; empty for any.</summary>
    public IReadOnlyList<string> Choices { get => field ?? []; init; }

    /// <summary>Most characters of a text.</summary>
    public int MaxLength { get; init; } = 4_000;

    /// <summary>Checks a value.</summary>
    /// <exception cref="ArgumentException">It is not legal; the message says what is.</exception>
    public string Check(string value)
    {
        string shown = VisibleText.Shorten(value, 60);
        return Kind switch
        {
            ApiParameterKind.Number when !long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number < Min || number > Max =>
                throw new ArgumentException($"The {Name.Replace('_', ' ')} '{shown}' is not legal: a whole number {(Max == long.MaxValue ? $"from {Min}" : $"from {Min} to {Max}")}."),
            ApiParameterKind.Flag when value is not ("true" or "false") => throw new ArgumentException($"{Name} is '{shown}'; allowed: true, false."),
            ApiParameterKind.Text when value.Length > MaxLength => throw new ArgumentException($"{Name} has {value.Length} characters; at most {MaxLength} are allowed."),
            ApiParameterKind.Text when Choices.Count > 0 && !Choices.Contains(value, StringComparer.Ordinal) =>
                throw new ArgumentException($"{Name} is '{shown}'; allowed: {string.Join(", ", Choices)}."),
            _ => value,
        };
    }
}
