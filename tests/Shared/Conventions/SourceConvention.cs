using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Shared.Conventions;

/// <summary>Rules that show in the source text: namespace = folder, one type per file, and calls that packages must not make.</summary>
public static partial class SourceConvention
{
    /// <summary>Calls that hide time or sockets from the host, and what to use instead.</summary>
    private static readonly (string Text, string Instead)[] Banned =
    [
        ("DateTime.Now", "TimeProvider"),
        ("DateTime.UtcNow", "TimeProvider"),
        ("DateTimeOffset.Now", "TimeProvider"),
        ("DateTimeOffset.UtcNow", "TimeProvider"),
        ("new HttpClient(", "IHttpClientFactory"),
        ("Console.Write", "ILogger"),
        ("Thread.Sleep", "Task.Delay with the TimeProvider"),
    ];

    /// <summary>The repository's root, found from where this file was compiled.</summary>
    public static string RepositoryRoot([CallerFilePath] string thisFile = "")
    {
        string? folder = Path.GetDirectoryName(thisFile);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Libraries.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No Libraries.sln above {thisFile}: build with ContinuousIntegrationBuild off, so that source paths are real.");
    }

    /// <summary>Everything in <c>src/{package}</c> that breaks a rule, one sentence each.</summary>
    public static IReadOnlyList<string> FindViolations(string package)
    {
        string root = Path.Combine(RepositoryRoot(), "src", package);
        List<string> violations = [];
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(root, file);
            string text = File.ReadAllText(file);
            CheckNamespace(package, relative, text, violations);
            CheckOneType(relative, text, violations);
            foreach ((string banned, string instead) in Banned)
            {
                if (text.Contains(banned, StringComparison.Ordinal))
                {
                    violations.Add($"{relative} uses {banned}; use {instead}.");
                }
            }
        }

        return violations;
    }

    private static void CheckNamespace(string package, string relative, string text, List<string> violations)
    {
        string folder = Path.GetDirectoryName(relative)!.Replace('/', '.').Replace('\\', '.');
        string expected = folder.Length == 0 ? package : $"{package}.{folder}";
        string? actual = NamespaceLine().Match(text) is { Success: true } match ? match.Groups[1].Value : null;
        // Where hosts look for what a builder can do.
        bool registration = (actual == "Microsoft.Extensions.DependencyInjection" && relative.EndsWith("ServiceCollectionExtensions.cs", StringComparison.Ordinal))
            || (actual == "Microsoft.Extensions.AI" && relative.EndsWith("ChatClientBuilderExtensions.cs", StringComparison.Ordinal));
        if (actual is not null && actual != expected && !registration)
        {
            violations.Add($"{relative} declares namespace {actual}; its folder says {expected}.");
        }
    }

    private static void CheckOneType(string relative, string text, List<string> violations)
    {
        string[] types = [.. TypeLine().Matches(text).Select(match => match.Groups[1].Value).Distinct()];
        if (types.Length > 1)
        {
            violations.Add($"{relative} holds {types.Length} types ({string.Join(", ", types)}); one type per file.");
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    // Only types at the margin: nested ones are indented.
    [GeneratedRegex(@"^(?:public |internal |sealed |static |abstract |partial |readonly |file |ref |unsafe )*(?:class|record struct|record|struct|interface|enum) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
