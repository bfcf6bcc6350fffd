namespace Common.Tests;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["list_runs", "get_run", "list_tests"];

    [Theory]
    [InlineData("list_run", "list_runs")]
    [InlineData("LISTRUNS", "list_runs")]
    [InlineData("gte_run", "get_run")]
    [InlineData("tests", "list_tests")]
    [InlineData("bogus", null)]
    [InlineData("", null)]
    public void Find_Slip_NamesTheNearest(string wrong, string? near) =>
        NearestName.Find(wrong, Known).Should().Be(near);

    [Theory]
    [InlineData("henk", "hank", "henk")]
    [InlineData("agent-1", "agent1", "agent-1")]
    [InlineData("henk", "zzzz", null)]
    public void Find_AmongOthers_TakesTheNearest(string known, string given, string? expected) => NearestName.Find(given, ["other", known]).Should().Be(expected);

    [Fact]
    public void Hint_NothingNear_ListsTheKnown() => NearestName.Hint("zzzzzz", Known).Should().Be(" Known: get_run, list_runs, list_tests.");

    [Fact]
    public void Hint_NamesOfStrangers_AreEscaped() => NearestName.Hint("zzzzzz", ["a\nb"]).Should().Be(" Known: a\\u{A}b.");

    [Fact]
    public void Find_OneLetterAmongThousands_IsFound() =>
        NearestName.Find("tool_1500x", Enumerable.Range(0, 3_000).Select(at => $"tool_{at}")).Should().Be("tool_1500");
}
