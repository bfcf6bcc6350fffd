using System.Globalization;
using Horreum.Client.Services.Time;

namespace Horreum.Client.Tests.Services;

public sealed class TimeTextTests
{
    private static readonly DateTimeOffset Now = new(2025, 10, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2025-10-01 12:00", "now", "today", "NOON", "  Now ", "this month", "wednesday")]
    [InlineData("2025-09-30 12:00", "yesterday", "last day", "last 24 hours", "past 24 hours", "24h ago", "24h", "1 day", "on Tuesday")]
    [InlineData("2025-10-02 12:00", "tomorrow")]
    [InlineData("2025-09-29 12:00", "the day before yesterday", "monday", "last monday", "since monday", "last couple of days")]
    [InlineData("2025-10-03 12:00", "the day after tomorrow", "in 2 days", "2 days from now", "Friday", "this friday")]
    [InlineData("2025-10-01 06:00", "this morning")]
    [InlineData("2025-10-02 00:00", "midnight")]
    [InlineData("2025-10-01 22:00", "tonight")]
    [InlineData("2025-09-30 00:00", "last night")]
    [InlineData("2025-09-24 12:00", "last week", "past week", "previous week", "last 7 days", "past 7 days", "previous 7 days", "7 days ago", "-7d", "7d ago", "7d", "1w ago", "a week ago", "one week ago", "now-7d", "now - 7 days", "last Wednesday", "last week at noon", "24/9/2025", "recently")]
    [InlineData("2025-09-28 12:00", "this week", "last few days", "2 days before yesterday", "last weekend")]
    [InlineData("2025-10-08 12:00", "next week")]
    [InlineData("2025-09-01 12:00", "last month", "past month", "previous month", "last 1 month", "last 30 days", "September", "last September")]
    [InlineData("2025-09-17 12:00", "last 2 weeks", "last two weeks", "2 weeks ago", "a fortnight ago")]
    [InlineData("2025-07-01 12:00", "last 3 months", "3 months ago", "last quarter")]
    [InlineData("2025-04-01 12:00", "last 6 months")]
    [InlineData("2024-10-01 12:00", "last year", "past year")]
    [InlineData("2025-01-01 12:00", "this year")]
    [InlineData("2025-10-01 11:00", "last hour", "past hour", "an hour ago")]
    [InlineData("2025-10-01 11:30", "half an hour ago", "30 minutes ago")]
    [InlineData("2025-10-01 11:59", "last minute")]
    [InlineData("2025-10-01 10:30", "last 90 minutes", "1 hour and 30 minutes ago", "1h30m ago")]
    [InlineData("2025-10-01 11:45", "past 15 minutes")]
    [InlineData("2025-10-06 12:00", "5 days later")]
    [InlineData("2025-09-26 12:00", "last friday")]
    [InlineData("2025-10-10 12:00", "next friday")]
    [InlineData("2025-10-04 12:00", "this weekend")]
    [InlineData("2025-10-01 12:00", "in October")]
    [InlineData("2025-09-30 17:00", "yesterday at 5pm", "yesterday 17:00")]
    [InlineData("2025-09-29 09:30", "last monday at 9:30")]
    [InlineData("2025-10-01 10:00", "10am")]
    [InlineData("2025-10-01 12:30", "12:30")]
    [InlineData("2025-09-24 00:00", "24 September 2025", "Sep 24 2025", "September 24, 2025", "9/24/2025", "2025/09/24", "2025-09-24", "20250924", "24th of september 2025", "september 24")]
    [InlineData("2025-09-24 10:00", "September 24, 2025 10:00", "2025-09-24 10:00", "2025-09-24T10:00:00Z", "Wed, 24 Sep 2025 10:00:00 GMT", "2025-09-24T15:30:00+05:30")]
    [InlineData("2025-09-01 00:00", "2025-09", "start of last month", "beginning of last month")]
    [InlineData("2025-09-24 15:00", "2025-09-24 10:00 EST")]
    [InlineData("2025-10-01 00:00", "beginning of the month", "start of month", "end of last month", "start of today")]
    [InlineData("2025-09-28 00:00", "start of week")]
    [InlineData("2025-11-01 00:00", "end of month")]
    [InlineData("2025-07-01 00:00", "Q3 2025", "2025-Q3")]
    [InlineData("2025-09-22 00:00", "2025-W39")]
    [InlineData("2025-01-01 00:00", "2025")]
    [InlineData("2025-09-03 12:00", "2 fortnights ago")]
    [InlineData("2024-09-24 00:00", "1727136000000", "1727136000")]
    public void Parse_Phrase_MeansThisInstant(string expected, params string[] texts)
    {
        DateTimeOffset instant = DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

        foreach (string text in texts)
        {
            TimeText.Parse(text, Now, TimeZoneInfo.Utc).Should().Be(instant, text);
        }
    }

    [Theory]
    [InlineData("last 7")]
    [InlineData("test 1")]
    [InlineData("week 5")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("2025-13-01")]
    [InlineData("2025-09-31")]
    [InlineData("31 September 2025")]
    [InlineData("from last week to now")]
    [InlineData("last week to yesterday")]
    [InlineData("25:00")]
    [InlineData("13pm")]
    [InlineData("2025-W54")]
    [InlineData("Q5 2025")]
    [InlineData("99999 years ago")]
    [InlineData("123456")]
    [InlineData("soon")]
    [InlineData("2025-09-24T10:00:00XYZ")]
    [InlineData("")]
    public void Parse_Nonsense_MeansNothing(string text) => TimeText.Parse(text, Now, TimeZoneInfo.Utc).Should().BeNull();

    [Fact]
    public void Parse_Zone_ShiftsDatesButNotDurations()
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

        TimeText.Parse("2025-09-24", Now, zone).Should().Be(new DateTimeOffset(2025, 9, 24, 4, 0, 0, TimeSpan.Zero));
        TimeText.Parse("3 hours ago", Now, zone).Should().Be(Now.AddHours(-3));
    }

    [Fact]
    public void Parse_AnyText_NeverThrows()
    {
        Random random = new(42);
        string[] words = ["last", "7", "days", "of", "start", "month", "at", "5pm", "-", "+", ":", "before", "from", "now", "2025-09-24", "\0", "é", "half", "an", "next", "/"];
        for (int i = 0; i < 5000; i++)
        {
            string text = string.Join(' ', Enumerable.Range(0, random.Next(1, 7)).Select(_ => words[random.Next(words.Length)]));
            FluentActions.Invoking(() => TimeText.Parse(text, Now, TimeZoneInfo.Utc)).Should().NotThrow(text);
        }
    }
}
