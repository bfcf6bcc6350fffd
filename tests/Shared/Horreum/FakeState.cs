using System.Globalization;

namespace Shared.Horreum;

/// <summary>What the fake keeps.</summary>
public sealed class FakeState
{
    /// <summary>The tests.</summary>
    public List<FakeTest> Tests { get; } = [];

    /// <summary>The runs, in any order.</summary>
    public List<FakeRun> Runs { get; } = [];

    /// <summary>Schemas by id.</summary>
    public SortedDictionary<int, string> Schemas { get; } = [];

    /// <summary>Whether answers come in chunks, without saying how long they are, as through many proxies.</summary>
    public bool HideLengths { get; set; }

    /// <summary>Whether answers are compressed.</summary>
    public bool Compress { get; set; }

    /// <summary>Whether a byte order mark stands before the JSON.</summary>
    public bool ByteOrderMark { get; set; }

    /// <summary>Whether the list of tests is not there, as on servers of another kind.</summary>
    public bool HasNoSummary { get; set; }

    /// <summary>Element of a list to its JSON, where it is odd: by id of the run.</summary>
    public Dictionary<int, string> OddElements { get; } = [];

    /// <summary>Test 123 with runs an hour apart, the newest an hour before now; every second run uses the second schema.</summary>
    public FakeState AddRuns(int count, DateTimeOffset now, int testId = 123, string name = "example-test", string? folder = null)
    {
        Tests.Add(new FakeTest(testId, name, folder));
        Schemas[1] = "urn:example:1";
        Schemas[2] = "urn:example:2";
        int first = Runs.Count + 1;
        for (int i = 0; i < count; i++)
        {
            long start = now.AddHours(-1 - i).ToUnixTimeMilliseconds();
            string value = i.ToString(CultureInfo.InvariantCulture);
            Runs.Add(new FakeRun(first + i, testId, start, start + 60_000, i % 2 == 0 ? "urn:example:1" : "urn:example:2", false)
            {
                Data = $$"""{"$schema":"urn:example:1","value":{{value}},"text":"run {{value}}"}""",
                Metadata = i == 0 ? """{"$schema":"urn:meta:1","by":"me"}""" : null,
            });
        }

        return this;
    }
}
