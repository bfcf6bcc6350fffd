using System.Text.RegularExpressions;

namespace McpOptimizer.Core.Repositories.Sources;

/// <summary>
/// Fills in <c>${NAME}</c>, <c>${env:NAME}</c>, <c>${NAME:-default}</c> from the environment and <c>${fileDirname}</c> with the file's folder,
/// as the clients that share the file format do, so that secrets need not stand in the file.
/// </summary>
internal sealed partial class VariableExpansion(string folder, Func<string, string?> environment)
{
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

    /// <summary>Variables that were asked for, have no default and are not set.</summary>
    public IReadOnlyCollection<string> Missing => _missing;

    /// <summary>The text with every reference filled in; unknown ones become empty and are noted in <see cref="Missing"/>.</summary>
    public string Apply(string text) => Reference().Replace(text, match =>
    {
        string name = match.Groups["name"].Value;
        if (name == "fileDirname")
        {
            return folder;
        }

        string? value = environment(name);
        if (string.IsNullOrEmpty(value) && match.Groups["default"] is { Success: true } fallback)
        {
            return fallback.Value;
        }

        if (value is null)
        {
            _missing.Add(name);
        }

        return value ?? "";
    });

    [GeneratedRegex(@"\$\{(?:env:)?(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>[^}]*))?\}")]
    private static partial Regex Reference();
}
