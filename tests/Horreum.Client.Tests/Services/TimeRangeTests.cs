using System.Text.Json;
using Horreum.Client.Models;
using Horreum.Client.Services.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Horreum.Client.Tests.Services;

public sealed class TimeRangeTests
{
    private static readonly DateTimeOffset Now = new(2025, 10, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2025-09-24", "2025-09-24", "2025-09-24T00:00Z", "2025-09-25T00:00Z")]
    [InlineData("20250924", "2025-09-24", "2025-09-24T00:00Z", "2025-09-25T00:00Z")]
    [InlineData("September 24, 2025", "24 Sep 2025", "2025-09-24T00:00Z", "2025-09-25T00:00Z")]
    [InlineData("9/24/2025", "2025/09/24", "2025-09-24T00:00Z", "2025-09-25T00:00Z")]
    [InlineData("yesterday", "Yesterday ", "2025-09-30T00:00Z", "2025-10-01T00:00Z")]
    [InlineData("today", "today", "2025-10-01T00:00Z", "2025-10-02T00:00Z")]
    [InlineData("last monday", "last monday", "2025-09-29T00:00Z", "2025-09-30T00:00Z")]
    [InlineData("2025-09", "2025-09", "2025-09-01T00:00Z", "2025-10-01T00:00Z")]
    [InlineData("August 2025", "august 2025", "2025-08-01T00:00Z", "2025-09-01T00:00Z")]
    [InlineData("Q3 2025", "2025-Q3", "2025-07-01T00:00Z", "2025-10-01T00:00Z")]
    [InlineData("2025-W39", "2025-W39", "2025-09-22T00:00Z", "2025-09-29T00:00Z")]
    [InlineData("2024", "2024", "2024-01-01T00:00Z", "2025-01-01T00:00Z")]
    [InlineData("2025-09-24T00:00:00Z", "2025-09-24", "2025-09-24T00:00Z", "2025-09-25T00:00Z")]
    public void Resolve_BothBoundsNameOnePeriod_IsThatPeriod(string from, string to, string start, string end)
    {
        AppliedTimeRange range = Resolver().Resolve(from, to);

        range.From.Should().Be(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture));
        range.To.Should().Be(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2025-09-24T10:00:00Z", "2025-09-24T10:00:00Z")]
    [InlineData("1758708000000", "2025-09-24T10:00:00.000+00:00")]
    [InlineData("2025-09-24T10:00:00.000Z", "2025-09-24T12:00:00+02:00")]
    [InlineData("3 days ago", "72 hours ago")]
    [InlineData("now", "now")]
    public void Resolve_BothBoundsAreOneInstant_IncludesIt(string from, string to)
    {
        AppliedTimeRange range = Resolver().Resolve(from, to);

        (range.To!.Value - range.From!.Value).Should().Be(TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Resolve_DayInAnotherZone_IsTheZonesDay()
    {
        AppliedTimeRange range = Resolver(options => options.TimeZone = "America/New_York").Resolve("2025-03-09", "2025-03-09");

        range.From.Should().Be(new DateTimeOffset(2025, 3, 9, 5, 0, 0, TimeSpan.Zero));
        range.To.Should().Be(new DateTimeOffset(2025, 3, 10, 4, 0, 0, TimeSpan.Zero), "the day of the change has 23 hours");
    }

    [Theory]
    [InlineData("now", "yesterday")]
    [InlineData("2025-09-25", "2025-09-24")]
    [InlineData("tomorrow", "2025-10-01")]
    public void Resolve_FromIsLaterThanTo_WarnsOrIsRefused(string from, string to)
    {
        TimeRangeResolver.WarnOfReversed(Resolver().Resolve(from, to)).Should().Contain("later than to");

        HorreumContractException refused = Resolver(options => options.StrictTimes = true).Invoking(strict => strict.Resolve(from, to))
            .Should().Throw<HorreumContractException>().Which;
        refused.Error.Code.Should().Be(ErrorCode.InvalidRequest);
        refused.Error.Details!["parameter"].Should().Be("from");
    }

    [Fact]
    public void Resolve_StrictAndInOrder_Passes() =>
        Resolver(options => options.StrictTimes = true).Resolve("yesterday", "now").From.Should().Be(Now.AddDays(-1));

    [Theory]
    [InlineData("list_runs", """{"testId":123,"from":{0},"to":{0}}""", "runs")]
    [InlineData("list_all_runs", """{"from":{0},"to":{0}}""", "runs")]
    [InlineData("list_runs_by_schema", """{"schemaUri":"urn:example:1","from":{0},"to":{0}}""", "runs")]
    [InlineData("list_datasets", """{"testId":123,"from":{0},"to":{0}}""", "datasets")]
    public async Task Post_FromEqualsTo_FindsTheMoment(string tool, string arguments, string member)
    {
        await using Server.ServerFixture server = await Server.ServerFixture.StartAsync();
        string start = server.Horreum.State.Runs[10].Start.ToString(System.Globalization.CultureInfo.InvariantCulture);

        (int status, JsonElement page) = await server.CallAsync(tool, arguments.Replace("{0}", start, StringComparison.Ordinal));

        status.Should().Be(200, page.ToString());
        page.GetProperty(member).GetArrayLength().Should().Be(1, page.ToString());
    }

    [Fact]
    public async Task Post_FromLaterThanTo_IsRefusedWhenTimesAreStrict()
    {
        await using Server.ServerFixture server = await Server.ServerFixture.StartAsync(("HORREUM_STRICT_TIMES", "true"));
        foreach ((string tool, string arguments) in new[] { ("list_runs", "\"testId\":123"), ("list_datasets", "\"testId\":123"), ("get_test_label_values", "\"testId\":123"), ("list_all_runs", "\"roles\":\"__my\"") })
        {
            (int status, JsonElement answer) = await server.CallAsync(tool, $$"""{ {{arguments}},"from":"now","to":"yesterday"}""");

            status.Should().Be(400, answer.ToString());
            answer.GetProperty("error").GetProperty("code").GetString().Should().Be("INVALID_REQUEST");
        }
    }

    private static TimeRangeResolver Resolver(Action<HorreumContractOptions>? configure = null)
    {
        HorreumContractOptions options = new();
        configure?.Invoke(options);
        return new TimeRangeResolver(Options.Create(options), new FakeTimeProvider(Now), NullLogger<TimeRangeResolver>.Instance);
    }
}
