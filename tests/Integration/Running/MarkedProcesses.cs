using System.Globalization;
using System.Text;

namespace Integration.Running;

/// <summary>Counts living processes by an environment variable that all descendants of a server inherit.</summary>
internal static class MarkedProcesses
{
    public const string Variable = "STUB_MARK";

    public static int Count(string mark)
    {
        byte[] needle = Encoding.ASCII.GetBytes($"{Variable}={mark}");
        int count = 0;
        foreach (string folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                count += File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(needle) >= 0 ? 1 : 0;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone, or another user's.
            }
        }

        return count;
    }
}
