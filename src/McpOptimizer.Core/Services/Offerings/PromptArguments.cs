using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Offerings;

/// <summary>Holds arguments against what a prompt declares.</summary>
internal static class PromptArguments
{
    /// <summary>What is wrong, for the caller; null when nothing is.</summary>
    public static string? FindFault(IndexedTool prompt, IReadOnlyDictionary<string, string> given)
    {
        (string Name, bool Required)[] declared = Declared(prompt);
        string[] missing = [.. declared.Where(argument => argument.Required && !given.ContainsKey(argument.Name)).Select(argument => argument.Name)];
        string[] unknown = [.. given.Keys.Where(name => !declared.Any(argument => argument.Name == name))];
        if (missing.Length == 0 && (unknown.Length == 0 || declared.Length == 0))
        {
            return null;
        }

        string fault = string.Join(" and ", new[] { Say("lacks", missing), Say("does not know", unknown) }.OfType<string>());
        string known = string.Join(", ", declared.Select(argument => argument.Name + (argument.Required ? " (required)" : "")));
        return $"The prompt '{prompt.Name}' of '{prompt.ServerName}' {fault}. Its arguments: {(known.Length == 0 ? "none" : known)}.";
    }

    private static string? Say(string what, string[] names) => names.Length == 0 ? null : $"{what} {string.Join(", ", names.Select(name => $"'{name}'"))}";

    private static (string Name, bool Required)[] Declared(IndexedTool prompt)
    {
        using Definition definition = Definition.Parse(prompt.DefinitionJson);
        return [.. definition.Arguments];
    }
}
