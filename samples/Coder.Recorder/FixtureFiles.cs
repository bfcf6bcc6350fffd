using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Coder.Recorder;

/// <summary>Writes fixtures as numbered files, so that repeated calls keep their order, and a list of them, so that it knows its own again.</summary>
internal static class FixtureFiles
{
    /// <summary>One line for each file: its hash and its name.</summary>
    private const string ListName = ".coder-recorder";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(Fixture fixture) => fixture.Mapping.ToJsonString(Indented);

    /// <summary>Sees to it that the folder is new, empty, or holds nothing but what an earlier run wrote and nobody changed.</summary>
    /// <exception cref="InvalidOperationException">It holds something else, which would be lost.</exception>
    public static void CheckFolder(string folder)
    {
        if (File.Exists(folder))
        {
            throw new InvalidOperationException($"--out '{folder}' is a file, and must be a folder.");
        }

        if (!Directory.Exists(folder))
        {
            return;
        }

        HashSet<string> own = ReadList(folder);
        string[] foreign =
        [
            .. Directory.EnumerateFileSystemEntries(folder).Where(entry => Path.GetFileName(entry) != ListName && !own.Contains(Line(entry)))
                .Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal),
        ];
        if (foreign.Length > 0)
        {
            string more = foreign.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {foreign.Length - 1} more") : "";
            throw new InvalidOperationException(
                $"--out '{folder}' holds '{VisibleText.Shorten(foreign[0])}'{more}, which the recorder did not write or which was changed since: "
                + "nothing is recorded. Name an empty or new folder, or move that away.");
        }
    }

    public static void Write(string folder, IReadOnlyList<Fixture> fixtures)
    {
        CheckFolder(folder);
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.EnumerateFiles(folder))
        {
            File.Delete(old);
        }

        (string Name, byte[] Content)[] files =
        [
            .. fixtures.Select((fixture, index) => (
                string.Create(CultureInfo.InvariantCulture, $"{index + 1:000}-{fixture.Name}.json"), Encoding.UTF8.GetBytes(Text(fixture) + "\n"))),
        ];

        // First the list: a run that is cut off leaves files that the next one knows.
        File.WriteAllLines(Path.Combine(folder, ListName), files.Select(file => Line(file.Name, file.Content)));
        foreach ((string name, byte[] content) in files)
        {
            File.WriteAllBytes(Path.Combine(folder, name), content);
        }
    }

    private static HashSet<string> ReadList(string folder)
    {
        string list = Path.Combine(folder, ListName);
        return File.Exists(list) ? [.. File.ReadAllLines(list)] : [];
    }

    // A folder has no line, and so is never the recorder's own.
    private static string Line(string path) => Directory.Exists(path) ? "" : Line(Path.GetFileName(path), File.ReadAllBytes(path));

    private static string Line(string name, byte[] content) => $"{Convert.ToHexStringLower(SHA256.HashData(content))}  {name}";
}
