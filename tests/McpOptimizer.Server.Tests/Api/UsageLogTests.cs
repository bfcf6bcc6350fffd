using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Server.Api.Answers;
using McpOptimizer.Server.Api.Usage;
using Microsoft.Extensions.Time.Testing;

namespace McpOptimizer.Server.Tests.Api;

public sealed class UsageLogTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly UsageLog _log;

    public UsageLogTests() => _log = new UsageLog(_clock);

    [Fact]
    public void Write_Searches_AreSummed()
    {
        _log.Write(Search(1_000, 100, "echo", "pid"));
        _log.Write(Search(1_000, 5_000, "echo"));

        UsageAnswer totals = _log.Totals;
        totals.Searches.Should().Be(2);
        totals.BaselineTokens.Should().Be(2_000);
        totals.ReturnedTokens.Should().Be(5_100);
        totals.TokensSaved.Should().Be(900, "a search that costs more than everything saves nothing and costs nothing");
        _log.Of("one", "echo").Should().Be(new ToolUsageAnswer(2, 0, 0, null));
        _log.Of("one", "slow").Should().BeNull();
    }

    [Fact]
    public void Minutes_HoldTheLastHour()
    {
        _log.Write(Call("echo"));
        _clock.Advance(TimeSpan.FromMinutes(59));
        _log.Write(Call("echo", ToolCallStatus.BackendFailed));

        IReadOnlyList<MinuteAnswer> minutes = _log.Totals.Minutes;
        minutes.Should().HaveCount(60);
        minutes[0].Should().Be(new MinuteAnswer(_clock.GetUtcNow().AddMinutes(-59), 0, 1, 0));
        minutes[^1].Should().Be(new MinuteAnswer(_clock.GetUtcNow(), 0, 1, 1));
        _clock.Advance(TimeSpan.FromMinutes(1));
        _log.Totals.Minutes.Sum(minute => minute.Calls).Should().Be(1, "the first is an hour old");
        _clock.Advance(TimeSpan.FromDays(3));
        _log.Totals.Minutes.Sum(minute => minute.Calls).Should().Be(0);
        _log.Totals.Calls.Should().Be(2);
    }

    [Theory]
    [InlineData(ToolCallStatus.Succeeded, 1, 0)]
    [InlineData(ToolCallStatus.ToolFailed, 1, 1)]
    [InlineData(ToolCallStatus.BackendFailed, 1, 1)]
    [InlineData(ToolCallStatus.InputRequired, 1, 0)]
    [InlineData(ToolCallStatus.InvalidArguments, 0, 0)]
    [InlineData(ToolCallStatus.LimitReached, 0, 0)]
    [InlineData(ToolCallStatus.Cancelled, 0, 0)]
    public void Write_Call_CountsForTheServerIfItReachedIt(ToolCallStatus status, int calls, int failed)
    {
        _log.Write(Call("echo", status));

        (_log.Servers.GetValueOrDefault("one")?.Calls ?? 0).Should().Be(calls);
        (_log.Of("one", "echo")?.Failed ?? 0).Should().Be(failed);
        _log.Totals.Calls.Should().Be(1);
    }

    [Fact]
    public void Write_NamesOfCallers_AreNotCounted()
    {
        for (int i = 0; i < 1_000; i++)
        {
            _log.Write(Call($"invented{i}", ToolCallStatus.NotFound) with { ServerName = $"invented{i}" });
        }

        _log.Servers.Should().BeEmpty();
        _log.Of("invented1", "invented1").Should().BeNull();
    }

    [Fact]
    public void Servers_TellOfTheLastCallsAlone()
    {
        for (int i = 1; i <= 100; i++)
        {
            _log.Write(Call("echo") with { Duration = TimeSpan.FromMilliseconds(i) });
        }

        _log.Servers["one"].Should().Be(new ServerUsageAnswer { Calls = 100, Failed = 0, MeanMs = 50.5, P95Ms = 95 });
        for (int i = 0; i < 100; i++)
        {
            _log.Write(Call("echo") with { Duration = TimeSpan.FromMilliseconds(7) });
        }

        _log.Servers["one"].Should().Be(new ServerUsageAnswer { Calls = 200, Failed = 0, MeanMs = 7, P95Ms = 7 });
    }

    [Fact]
    public void Recent_IsBounded_AndFollows()
    {
        for (int i = 0; i < UsageLog.MostCalls + 10; i++)
        {
            _log.Write(Call("echo") with { Caller = i % 2 == 0 ? "anna" : "ben", Arguments = new string('x', 5_000) });
        }

        (long newest, IReadOnlyList<CallAnswer> calls) = _log.Recent(0, 1_000, null);
        newest.Should().Be(510);
        calls.Should().HaveCount(UsageLog.MostCalls);
        calls[0].Id.Should().Be(510);
        calls[^1].Id.Should().Be(11);
        calls.Should().OnlyContain(call => call.Arguments!.Length == 2_001, "what was passed may be large");
        _log.Recent(508, 10, null).Calls.Select(call => call.Id).Should().Equal(510, 509);
        _log.Recent(510, 10, null).Calls.Should().BeEmpty();
        _log.Recent(0, 3, call => call.Caller == "anna").Calls.Select(call => call.Id).Should().Equal(509, 507, 505);
    }

    private static CallAuditRecord At(DateTimeOffset at, string tool, ToolCallStatus status) =>
        new() { At = at, ServerName = "one", ToolName = tool, Status = status, Duration = TimeSpan.Zero };

    private CallAuditRecord Call(string tool, ToolCallStatus status = ToolCallStatus.Succeeded) => At(_clock.GetUtcNow(), tool, status);

    private FindAuditRecord Search(long baseline, long returned, params string[] tools) => new()
    {
        At = _clock.GetUtcNow(),
        Tools = [.. tools.Select(tool => new IndexedTool { Id = tool, ServerId = "1", ServerName = "one", Name = tool, DefinitionJson = "{}"u8.ToArray(), TokenCount = 1 })],
        Metrics = new TokenMetrics(baseline, returned),
    };
}
