using System.Globalization;

namespace Benchmarks.Horreum;

/// <summary>The command line of the load benchmark.</summary>
internal sealed record LoadOptions
{
    public Uri? Url { get; private set; }

    public int? ProcessId { get; private set; }

    public int Seconds { get; private set; } = 8;

    public int Concurrency { get; private set; } = 16;

    public int? MockPort { get; private set; }

    /// <summary>The server's program; found beside this one's when not given.</summary>
    public string? ServerDll { get; private set; }

    public static LoadOptions Parse(string[] args)
    {
        LoadOptions options = new();
        for (int at = 0; at + 1 < args.Length; at += 2)
        {
            string value = args[at + 1];
            switch (args[at])
            {
                case "--url":
                    options.Url = new Uri(value);
                    break;
                case "--pid":
                    options.ProcessId = Number(value);
                    break;
                case "--seconds":
                    options.Seconds = Number(value);
                    break;
                case "--concurrency":
                    options.Concurrency = Number(value);
                    break;
                case "--mock-only":
                    options.MockPort = Number(value);
                    break;
                case "--server":
                    options.ServerDll = value;
                    break;
                default:
                    throw new ArgumentException($"unknown option {args[at]}");
            }
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
