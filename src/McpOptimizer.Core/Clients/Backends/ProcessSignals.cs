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

    /// <summary>What a process started and what that started in turn, whatever group, session and environment it has given itself. Linux only; elsewhere none is found.</summary>
    public static IReadOnlyList<ProcessIdentity> DescendantsOf(int id)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/proc/self"))
        {
            return [];
        }

        ILookup<int, ProcessIdentity> children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int found) ? Stat(found) : null)
            .OfType<(int Parent, ProcessIdentity Process)>()
            .ToLookup(entry => entry.Parent, entry => entry.Process);
        List<ProcessIdentity> descendants = [.. children[id]];
        for (int at = 0; at < descendants.Count; at++)
        {
            descendants.AddRange(children[descendants[at].Id]);
        }

        return descendants;
    }

    /// <summary>Kills a process if it is still the same.</summary>
    public static void Kill(ProcessIdentity process)
    {
        if (Stat(process.Id) is { } now && now.Process == process)
        {
            Send(process.Id, ProcessSignal.Kill);
        }
    }

    private static (int Parent, ProcessIdentity Process)? Stat(int id)
    {
        try
        {
            // The name stands in parentheses and may hold anything.
            string stat = File.ReadAllText($"/proc/{id}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), new ProcessIdentity(id, long.Parse(fields[19], CultureInfo.InvariantCulture)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            // Gone meanwhile.
            return null;
        }
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
