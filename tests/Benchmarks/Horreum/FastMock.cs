using Shared.Horreum;

namespace Benchmarks.Horreum;

/// <summary>The fake Horreum with 250 runs and no journal; what it answers to the scenarios is made once.</summary>
internal static class FastMock
{
    public static async Task<FakeHorreum> StartAsync(string url)
    {
        FakeHorreum fake = await FakeHorreum.StartAsync(journal: false, url);
        fake.State.AddRuns(250, DateTimeOffset.UtcNow);
        fake.KeepAnswers = true;
        return fake;
    }
}
