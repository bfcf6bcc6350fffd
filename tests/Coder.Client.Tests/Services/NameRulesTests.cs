using Coder.Client.Models;
using Coder.Client.Services;

namespace Coder.Client.Tests.Services;

public sealed class NameRulesTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("Henk")]
    [InlineData("agent-007")]
    [InlineData("1st")]
    [InlineData("a2345678901234567890123456789012")]
    public void Check_LegalName_Passes(string name) => FluentActions.Invoking(() => NameRules.Check(name, "name")).Should().NotThrow();

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("", "empty")]
    [InlineData("  ", "empty")]
    [InlineData("a23456789012345678901234567890123", "32 characters or less")]
    [InlineData("has_underscore", "alphanumeric characters and hyphens")]
    [InlineData("at@sign", "alphanumeric characters and hyphens")]
    [InlineData("has space", "alphanumeric characters and hyphens")]
    [InlineData("naïve", "alphanumeric characters and hyphens")]
    [InlineData("٣", "alphanumeric characters and hyphens")]
    [InlineData("new\n", "alphanumeric characters and hyphens")]
    [InlineData("-a", "must start with a letter or number")]
    [InlineData("a-", "must end with a letter or number")]
    [InlineData("a--b", "single hyphens")]
    [InlineData("new", "reserved")]
    [InlineData("Create", "reserved")]
    [InlineData("NEW", "reserved")]
    public void Check_IllegalName_SaysWhichRule(string? name, string rule)
    {
        FleetException thrown = FluentActions.Invoking(() => NameRules.Check(name, "agent_name")).Should().Throw<FleetException>().Which;

        thrown.Code.Should().Be(FleetErrorCode.InvalidInput);
        thrown.Message.Should().Contain(rule).And.Contain("Legal: 1 to 32 letters");
        thrown.Details["field"].Should().Be("agent_name");
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("me", true)]
    [InlineData("alice-b", true)]
    [InlineData("alice status:running", false)]
    [InlineData("a/b", false)]
    [InlineData("", false)]
    public void OwnerRules_NothingButAUserName_IsLegal(string owner, bool legal) => OwnerRules.IsLegal(owner).Should().Be(legal);
}
