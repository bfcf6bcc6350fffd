namespace Common.Tests;

public sealed class InputVariableTests
{
    [Theory]
    [InlineData("key", "MCP_INPUT_KEY")]
    [InlineData("my-key.2", "MCP_INPUT_MY_KEY_2")]
    [InlineData("my  key", "MCP_INPUT_MY_KEY")]
    [InlineData("-a_b--", "MCP_INPUT__A_B_")]
    [InlineData("schlüssel", "MCP_INPUT_SCHL_SSEL")]
    public void Of_AnyId_IsAVariableName(string id, string name) => InputVariable.Of(id).Should().Be(name);
}
