using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;

namespace Common.Tests;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_SecondsDateAndNothing_AreUnderstood()
    {
        FakeTimeProvider clock = new(Now);
        RetryAfter.Read(new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)), clock).Should().Be(TimeSpan.FromSeconds(7));
        RetryAfter.Read(new RetryConditionHeaderValue(Now.AddSeconds(9)), clock).Should().Be(TimeSpan.FromSeconds(9));
        RetryAfter.Read(new RetryConditionHeaderValue(Now.AddSeconds(-9)), clock).Should().Be(TimeSpan.Zero);
        RetryAfter.Read((RetryConditionHeaderValue?)null, clock).Should().BeNull();
    }
}
