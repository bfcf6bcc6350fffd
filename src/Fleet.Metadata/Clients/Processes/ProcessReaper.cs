using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Fleet.Metadata.Clients.Files;

namespace Fleet.Metadata.Clients.Processes;

/// <summary>Ends a program together with everything it started, also what has moved to a session of its own.</summary>
internal static partial class ProcessReaper
{
    private const int SigKill = 9;
    private const int MaxPasses = 10;

    /// <summary>Kills the session's process group. Harmless when nobody is left in it.</summary>
    public static void KillGroup(int leader)
    {
        if (!OperatingSystem.IsWindows() && leader > 1)
        {
            _ = Kill(-leader, SigKill);
        }
    }

    public static void KillTree(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // It ended by itself in the meantime, or a child did; the marker finds whatever is left.
        }
    }

    /// <summary>Kills every process whose environment holds the marker, until none is found: a process may be forking while we look.</summary>
    public static void KillMarked(string marker)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        byte[] needle = Encoding.ASCII.GetBytes(marker);
        for (int pass = 0; pass < MaxPasses && KillOnce(needle); pass++)
        {
        }
    }

    private static bool KillOnce(byte[] needle)
    {
        bool found = false;
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && id != Environment.ProcessId
                && Holds(folder + "/environ", needle))
            {
                found |= Kill(id, SigKill) == 0;
            }
        }

        return found;
    }

    private static bool Holds(string path, byte[] needle)
    {
        try
        {
            return BoundedFile.Read(path, 1 << 20).AsSpan().IndexOf(needle) >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
