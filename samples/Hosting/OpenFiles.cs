using System.Globalization;

namespace Hosting;

/// <summary>
/// How many files and connections the system lets this process have. Whoever takes many takes a share, so that the listener and the store keep theirs.
/// Known on Linux; elsewhere nothing is limited.
/// </summary>
public static class OpenFiles
{
    /// <summary>Fewer than these, and the runtime itself fails in the middle of work.</summary>
    public const int Fewest = 128;

    /// <summary>Fewer than these are worth a warning.</summary>
    public const int Comfortable = 1024;

    // For the program's own files, the store, the logs and the listener.
    private const int Reserve = 96;

    private const string LimitsFile = "/proc/self/limits";
    private const string LimitName = "Max open files";

    /// <summary>The limit; <see cref="int.MaxValue"/> where there is none or it is unknown.</summary>
    public static int Limit { get; } = OperatingSystem.IsLinux() && File.Exists(LimitsFile) ? Parse(File.ReadAllLines(LimitsFile)) : int.MaxValue;

    /// <summary>At most as many as wanted, and at most a quarter of what is left for all; each of <paramref name="filesEach"/> files.</summary>
    public static int Share(int wanted, int filesEach = 1) => Share(wanted, filesEach, Limit);

    internal static int Share(int wanted, int filesEach, int limit) => limit == int.MaxValue ? wanted : Math.Clamp((limit - Reserve) / 4 / filesEach, 1, wanted);

    /// <exception cref="McpHostConfigurationException">The limit is too low to serve anybody.</exception>
    internal static void RequireEnough(int limit)
    {
        if (limit < Fewest)
        {
            throw new McpHostConfigurationException(
                $"The system lets this process have {limit} open files, but a server needs at least {Fewest}: raise the limit, for example with ulimit -n {Comfortable}.");
        }
    }

    /// <summary>Reads the soft limit, which the runtime has raised to the hard one.</summary>
    internal static int Parse(IEnumerable<string> lines)
    {
        string? line = lines.FirstOrDefault(line => line.StartsWith(LimitName, StringComparison.Ordinal));
        string? soft = line?[LimitName.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) ? limit : int.MaxValue;
    }
}
