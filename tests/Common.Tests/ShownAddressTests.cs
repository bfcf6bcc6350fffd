namespace Common.Tests;

public sealed class ShownAddressTests
{
    [Theory]
    [InlineData("https://host/path", "https://host/path")]
    [InlineData("https://u:secret@host:8443/path", "https://***@host:8443/path")]
    [InlineData("https://u:se@cret@host/a@b", "https://***@host/a@b")]
    [InlineData("https://u:secret@host", "https://***@host")]
    [InlineData("https://host/p?key=secret&secret#secret", "https://host/p?key=***&***")]
    [InlineData("https://host/p#secret", "https://host/p")]
    [InlineData("u:secret@host/path", "***@host/path")]
    [InlineData("not an address", "not an address")]
    [InlineData("", "")]
    public void Of_AnyAddress_ShowsNoSecret(string address, string shown) => ShownAddress.Of(address).Should().Be(shown);

    [Fact]
    public void Of_ControlCharacters_AreEscaped() => ShownAddress.Of("https://host/\u001b[2J\n").Should().Be("https://host/\\u{1B}[2J\\u{A}");
}
