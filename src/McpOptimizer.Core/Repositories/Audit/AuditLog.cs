using System.Globalization;
using System.Text;

namespace McpOptimizer.Core.Repositories.Audit;

/// <summary>Reads what <see cref="Models.Settings.AuditSettings.File"/> has recorded, while it is written too.</summary>
public static class AuditLog
{
    /// <summary>All entries, oldest first, from the renamed files and the present one. Lines that are no entries are passed over.</summary>
    /// <param name="path">The present file.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read a file.</exception>
    public static IEnumerable<AuditEntry> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Files(path).SelectMany(ReadFile);
    }

    internal static string Renamed(string path, int number) => $"{path}.{number.ToString(CultureInfo.InvariantCulture)}";

    private static List<string> Files(string path)
    {
        List<string> files = [path];
        for (int number = 1; File.Exists(Renamed(path, number)); number++)
        {
            files.Add(Renamed(path, number));
        }

        files.Reverse();
        return files;
    }

    private static IEnumerable<AuditEntry> ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(file, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (AuditLine.Read(line) is { } entry)
            {
                yield return entry;
            }
        }
    }
}
