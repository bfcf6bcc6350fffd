namespace Common.Tests;

public sealed class PathSegmentTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a b?c#d", "a%20b%3Fc%23d")]
    [InlineData("...", "...")]
    [InlineData("%2e%2e", "%252e%252e")]
    public void Escape_Name_IsOneSegment(string name, string segment) => PathSegment.Escape(name, nameof(name)).Should().Be(segment);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public void Escape_DotSegment_IsRefused(string name) =>
        FluentActions.Invoking(() => PathSegment.Escape(name, nameof(name))).Should().Throw<ArgumentException>().WithMessage("*part of an address*");
}
