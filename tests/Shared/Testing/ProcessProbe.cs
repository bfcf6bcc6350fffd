using System.Globalization;
using System.Text;

namespace Shared.Testing;

/// <summary>Counts processes by an environment variable that all descendants of a server inherit.</summary>
public static class ProcessProbe
{
    /// <summary>The variable.</summary>
    public const string Variable = "STUB_MARK";

    /// <summary>How many processes have the mark.</summary>
    public static int CountOf(string mark) => IdsOf(mark).Count;

    /// <summary>The processes that have the mark.</summary>
    public static List<int> IdsOf(string mark)
    {
        byte[] needle = Encoding.ASCII.GetBytes($"{Variable}={mark}");
        List<int> ids = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id)
                    && File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(needle) >= 0)
                {
                    ids.Add(id);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone, or another user's.
            }
        }

        return ids;
    }

    /// <summary>Whether a process still runs.</summary>
    public static bool IsAlive(int id)
    {
        try
        {
            // State Z is dead and not yet collected.
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
