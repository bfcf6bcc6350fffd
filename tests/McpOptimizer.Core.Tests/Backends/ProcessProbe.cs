using System.Globalization;
using System.Text;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Tests.Backends;

/// <summary>Counts processes by an environment variable that all descendants of a server inherit.</summary>
internal static class ProcessProbe
{
    public static int CountOf(BackendEndpoint endpoint) => IdsOf(endpoint.Environment["STUB_MARK"]).Count;

    public static List<int> IdsOf(string mark)
    {
        byte[] needle = Encoding.ASCII.GetBytes("STUB_MARK=" + mark);
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
