using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Trust;
using McpOptimizer.Core.Tests.Fixtures;

namespace McpOptimizer.Core.Tests.Trust;

public sealed class KnownNamesTests
{
    [Fact]
    public async Task Of_ServersComeAndGo_KnowsTheNamesOfThoseThatAreThere()
    {
        await using OptimizerFixture optimizer = new();
        KnownNames known = new();
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "list_repositories");
        optimizer.Workloads.Add("other");
        optimizer.Backends.Set("other", "unlike");
        await optimizer.StartAsync();
        Look(known, optimizer).Should().Contain("of the server 'a'");

        optimizer.Workloads.Add("b");
        optimizer.Backends.Set("b", "list_repositoried");
        await optimizer.PollAsync();
        known.Of(optimizer.Get<ToolIndexes>().Workloads.Current).Find("evil", "list_repositorief")!.Reason.Should().MatchRegex("'[ab]'");

        optimizer.Workloads.Workloads.RemoveAll(workload => workload.Name == "a");
        await optimizer.PollAsync();
        Look(known, optimizer).Should().Contain("of the server 'b'");

        optimizer.Workloads.Workloads.RemoveAll(workload => workload.Name == "b");
        await optimizer.PollAsync();
        Look(known, optimizer).Should().BeNull("their names went with the servers");
    }

    /// <summary>What the quick way finds is what comparing each with each finds.</summary>
    [Fact]
    public void Find_RandomNames_IsWhatComparingEachWithEachFinds()
    {
        Random random = new(7);
        LookAlikes known = new();
        string[] names = [.. Enumerable.Range(0, 400).Select(_ => Word(random, 9 + random.Next(6)))];
        foreach (string name in names)
        {
            known.Add("files", name);
        }

        foreach (string name in names.Take(200))
        {
            for (int at = 0; at < name.Length; at++)
            {
                foreach (string changed in (string[])[name.Remove(at, 1), name.Insert(at, "q"), name.Remove(at, 1).Insert(at, "q")])
                {
                    bool isExpected = changed.Length >= 10 && changed != name && name.Length >= 10;
                    if (isExpected)
                    {
                        known.Find("evil", changed).Should().NotBeNull($"'{changed}' is one letter from '{name}'");
                    }

                    known.Find("files", changed).Should().BeNull("a server's names may be like its own");
                }
            }
        }
    }

    private static string? Look(KnownNames known, OptimizerFixture optimizer) =>
        known.Of(optimizer.Get<ToolIndexes>().Workloads.Current).Find("evil", "list_repositoriex")?.Reason;

    // Without the letters that are often written for one another, and those of the change.
    private static string Word(Random random, int length) => string.Create(length, random, static (text, random) =>
    {
        foreach (ref char letter in text)
        {
            letter = "abcdefgh"[random.Next(8)];
        }
    });
}
