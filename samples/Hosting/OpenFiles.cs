using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Hosting;

/// <summary>
/// How many files and connections the system lets this process have. Whoever takes many takes a share, so that the listener and the store keep theirs.
/// Known on Linux; elsewhere nothing is limited.
/// </summary>
public static class OpenFiles
{
    /// <summary>Fewer than these are worth a warning.</summary>
    public const int Comfortable = 1024;

    // The runtime keeps each assembly open, more than two hundred of them; the store, the logs and the listener come on top.
    private const int Reserve = 384;
    private const int Fewest = 512;

    // Connections, servers behind this one, and whatever else a program opens.
    private const int Shares = 3;

    private const int FaultyConfiguration = 2;
    private const string LimitsFile = "/proc/self/limits";
    private const string LimitName = "Max open files";

    /// <summary>The limit; <see cref="int.MaxValue"/> where there is none or it is unknown.</summary>
    public static int Limit { get; } = OperatingSystem.IsLinux() && File.Exists(LimitsFile) ? Parse(File.ReadAllLines(LimitsFile)) : int.MaxValue;

    /// <summary>As many things of so many files each as are wanted, or as fit in one share of what the program itself does not need.</summary>
    public static int Share(int wanted, int filesEach = 1) => Share(wanted, filesEach, Limit);

    internal static int Share(int wanted, int filesEach, int limit) =>
        limit == int.MaxValue ? wanted : Math.Clamp((limit - Reserve) / Shares / filesEach, 1, wanted);

    internal static string? FindFault(int limit) => limit >= Fewest
        ? null
        : $"The system lets this process have {limit} open files, but a server needs at least {Fewest}: raise the limit, for example with ulimit -n {Comfortable}.";

    /// <summary>Comes before anything else of a host: with too few files the next assembly could not be loaded, nor the reason be told.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Every program of the family is to be stopped here, before it needs another file.")]
    internal static void RequireEnough()
    {
        if (FindFault(Limit) is { } fault)
        {
            Console.Error.WriteLine(fault);
            Environment.Exit(FaultyConfiguration);
        }
    }

    /// <summary>Reads the soft limit, which the runtime has raised to the hard one.</summary>
    internal static int Parse(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            if (line.StartsWith(LimitName, StringComparison.Ordinal))
            {
                string soft = line[LimitName.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
                return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) ? limit : int.MaxValue;
            }
        }

        return int.MaxValue;
    }
}
