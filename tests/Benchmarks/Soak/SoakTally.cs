using System.Diagnostics;
using System.Text.RegularExpressions;
using Benchmarks.Overhead;

namespace Benchmarks.Soak;

/// <summary>What all clients saw.</summary>
internal sealed partial class SoakTally
{
    private const int LongestSentence = 140;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _sentences = new(StringComparer.Ordinal);
    private List<double> _times = [];
    private int _errors;

    /// <summary>Requests that failed although nothing was done to what they asked.</summary>
    public int Lost { get; private set; }

    /// <summary>What was said of failures, without names and numbers, and how often.</summary>
    public IReadOnlyList<(string Sentence, int Count)> Sentences
    {
        get
        {
            lock (_gate)
            {
                return [.. _sentences.OrderByDescending(entry => entry.Value).Select(entry => (entry.Key, entry.Value))];
            }
        }
    }

    public void Took(TimeSpan time)
    {
        lock (_gate)
        {
            _times.Add(time.TotalMilliseconds);
        }
    }

    /// <param name="said">What was said of it.</param>
    /// <param name="isHarmed">Whether what was asked is being killed now and then.</param>
    public void Failed(string said, bool isHarmed)
    {
        string sentence = Variable().Replace(said.ReplaceLineEndings(" "), "…");
        sentence = sentence.Length > LongestSentence ? sentence[..LongestSentence] + "…" : sentence;
        lock (_gate)
        {
            _errors++;
            Lost += isHarmed ? 0 : 1;
            _sentences[sentence] = _sentences.GetValueOrDefault(sentence) + 1;
        }
    }

    /// <summary>What came since the last window, and how the server stands.</summary>
    public SoakWindow Close(OptimizerServer server)
    {
        List<double> times;
        int errors;
        lock (_gate)
        {
            (times, _times) = (_times, []);
            (errors, _errors) = (_errors, 0);
        }

        times.Sort();
        using Process process = Process.GetProcessById(server.Id);
        string handles = $"/proc/{server.Id}/fd";
        return new SoakWindow(
            times.Count,
            errors,
            At(times, .5),
            At(times, .95),
            process.WorkingSet64 / 1_000_000,
            Directory.Exists(handles) ? Directory.GetFileSystemEntries(handles).Length : process.HandleCount,
            server.LogBytes / 1_000,
            server.StoreBytes / 1_000_000.0);
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)(share * (sorted.Count - 1))];

    [GeneratedRegex(@"'[^']{0,80}'|[0-9]+(?:[.,][0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
