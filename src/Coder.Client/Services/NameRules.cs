using System.Text.RegularExpressions;

namespace Coder.Client.Services;

/// <summary>What an agent may be called: Coder's own rule for workspaces, checked before a call is made.</summary>
internal static partial class NameRules
{
    public const int Longest = 32;

    public static void Check(string? name, string field)
    {
        string? broken = name switch
        {
            null => "is missing",
            _ when string.IsNullOrWhiteSpace(name) => "cannot be empty",
            { Length: > Longest } => $"must be {Longest} characters or less, and has {name.Length}",
            ['-', ..] => "must start with a letter or number",
            _ when !Allowed().IsMatch(name) => "may hold only alphanumeric characters and hyphens (A-Z, a-z, 0-9, -)",
            [.., '-'] => "must end with a letter or number",
            _ when name.Contains("--", StringComparison.Ordinal) => "may hold only single hyphens",
            _ when IsReserved(name) => "is reserved ('new' and 'create' cannot be used)",
            _ => null,
        };
        if (broken is not null)
        {
            throw Faults.Invalid(field, name, $"Agent name '{Cut(name)}' {broken}. Legal: 1 to {Longest} letters, digits and single hyphens, not at the ends.");
        }
    }

    private static bool IsReserved(string name) =>
        name.Equals("new", StringComparison.OrdinalIgnoreCase) || name.Equals("create", StringComparison.OrdinalIgnoreCase);

    private static string? Cut(string? name) => name is null ? null : VisibleText.Shorten(name, 60);

    [GeneratedRegex(@"^[A-Za-z0-9-]+\z")]
    private static partial Regex Allowed();
}
