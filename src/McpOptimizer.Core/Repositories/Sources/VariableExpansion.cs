using System.Text.RegularExpressions;

namespace McpOptimizer.Core.Repositories.Sources;

/// <summary>
/// Fills in the references that clients allow in their files, so that secrets need not stand there: <c>${NAME}</c>, <c>${env:NAME}</c>, <c>${NAME:-default}</c>,
/// a whole value <c>$NAME</c>, <c>{env:NAME}</c> and <c>{file:PATH}</c> (opencode), <c>${input:id}</c> from the variable <c>MCP_INPUT_ID</c>,
/// <c>${workspaceFolder}</c>, <c>${fileDirname}</c>, <c>${userHome}</c>, <c>${/}</c>, <c>${pathSeparator}</c>. Nothing is ever sent as it stands: what cannot be filled in is a fault.
/// </summary>
internal sealed partial class VariableExpansion(string file, Func<string, string?> environment)
{
    // Folders in which clients keep the files of a workspace: the workspace is above them.
    private static readonly string[] ClientFolders = [".vscode", ".cursor", ".claude", ".gemini", ".codex", ".opencode", ".roo", ".windsurf", ".zed"];

    private readonly string _folder = Path.GetDirectoryName(file)!;
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);

    /// <summary>The folder of the workspace that the file belongs to.</summary>
    public string Workspace => ClientFolders.Contains(Path.GetFileName(_folder)) && Path.GetDirectoryName(_folder) is { } above ? above : _folder;

    /// <summary>What could not be filled in, one sentence; null when everything was.</summary>
    public string? Fault
    {
        get
        {
            string variables = _missing.Count switch
            {
                0 => "",
                1 => $"The environment variable {_missing.Min} used by this entry is not set. ",
                _ => $"The environment variables {string.Join(", ", _missing)} used by this entry are not set. ",
            };
            string others = _unknown.Count == 0 ? "" : $"The entry uses {string.Join(", ", _unknown)}, which only its own client can fill in; write the value or an environment variable instead.";
            string all = (variables + others).TrimEnd();
            return all.Length == 0 ? null : all;
        }
    }

    /// <summary>The text with every reference filled in; those that cannot be become empty and are named in <see cref="Fault"/>.</summary>
    public string Apply(string text)
    {
        if (WholeValue().Match(text) is { Success: true } whole && environment(whole.Groups[1].Value) is { } value)
        {
            return value;
        }

        return Braces().Replace(Reference().Replace(text, match => Fill(match.Groups[1].Value, match.Value)), match => match.Groups["kind"].Value == "env" ? Variable(match.Groups["name"].Value) : Content(match.Groups["name"].Value));
    }

    /// <summary>A path of the file, relative to the workspace.</summary>
    public string ApplyPath(string path)
    {
        string filled = Apply(path);
        string home = environment("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.GetFullPath(filled is "~" || filled.StartsWith("~/", StringComparison.Ordinal) ? home + filled[1..] : filled, Workspace);
    }

    private string Fill(string reference, string whole)
    {
        switch (reference)
        {
            case "fileDirname":
                return _folder;
            case "workspaceFolder" or "workspaceRoot" or "cwd":
                return Workspace;
            case "workspaceFolderBasename":
                return Path.GetFileName(Workspace);
            case "userHome":
                return environment("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            case "/" or "pathSeparator":
                return Path.DirectorySeparatorChar.ToString();
        }

        int colon = reference.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 || reference[(colon + 1)..].StartsWith('-') ? "env" : reference[..colon];
        string rest = kind == "env" && !reference.StartsWith("env:", StringComparison.Ordinal) ? reference : reference[(colon + 1)..];
        switch (kind)
        {
            case "env":
                int fallback = rest.IndexOf(":-", StringComparison.Ordinal);
                string name = fallback < 0 ? rest : rest[..fallback];
                return VariableName().IsMatch(name) ? Variable(name, fallback < 0 ? null : rest[(fallback + 2)..]) : whole;
            case "input":
                return Variable(InputVariable.Of(rest));
            case "workspaceFolder":
                return Workspace;
            default:
                _unknown.Add(VisibleText.Shorten(whole));
                return "";
        }
    }

    private string Variable(string name, string? fallback = null)
    {
        string? value = environment(name);
        if (string.IsNullOrEmpty(value) && fallback is not null)
        {
            return fallback;
        }

        if (value is null)
        {
            _missing.Add(name);
        }

        return value ?? "";
    }

    private string Content(string path)
    {
        try
        {
            return File.ReadAllText(ApplyPath(path)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _unknown.Add($"{{file:{VisibleText.Shorten(path)}}}");
            return "";
        }
    }

    [GeneratedRegex(@"\$\{([^{}]*)\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<!\$)\{(?<kind>env|file):(?<name>[^{}]+)\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"^\$([A-Z_][A-Z0-9_]*)\z")]
    private static partial Regex WholeValue();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex VariableName();
}
