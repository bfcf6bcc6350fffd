using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Coder.Recorder;

/// <summary>Writes fixtures as numbered files, so that repeated calls keep their order.</summary>
internal static class FixtureFiles
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(Fixture fixture) => fixture.Mapping.ToJsonString(Indented);

    public static void Write(string folder, IReadOnlyList<Fixture> fixtures)
    {
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.EnumerateFiles(folder, "*.json"))
        {
            File.Delete(old);
        }

        for (int i = 0; i < fixtures.Count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{i + 1:000}-{fixtures[i].Name}.json");
            File.WriteAllText(Path.Combine(folder, name), Text(fixtures[i]) + "\n");
        }
    }
}
