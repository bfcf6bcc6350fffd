using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>Signals to processes and groups, which .NET does not offer.</summary>
internal static class ProcessSignals
{
    /// <summary>Sends a signal; does nothing on Windows.</summary>
    /// <param name="target">A process id, or the negative id of a group.</param>
    /// <param name="signal">Which.</param>
    public static void Send(int target, ProcessSignal signal)
    {
        // 0, 1 and -1 are not ours: the own group, init, everybody.
        if (!OperatingSystem.IsWindows() && target is not (0 or 1 or -1))
        {
            _ = Kill(target, (int)signal);
        }
    }

    /// <summary>Kills every process of this user whose environment carries a mark. Linux only; elsewhere none is found.</summary>
    /// <returns>How many were found.</returns>
    public static int KillMarked(string mark)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/proc/self"))
        {
            return 0;
        }

        byte[] needle = Encoding.ASCII.GetBytes($"{ProcessReaper.MarkVariable}={mark}\0");
        int found = 0;
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) && id != Environment.ProcessId && Carries(folder, needle))
            {
                Send(id, ProcessSignal.Kill);
                found++;
            }
        }

        return found;
    }

    private static bool Carries(string folder, byte[] needle)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(needle) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or another user's.
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int target, int signal);
}
