using Hosting.Configuration;

namespace Hosting.Tests;

/// <summary>What the hosts read from environment variables, and how they say what is wrong.</summary>
public sealed class VariableReaderTests
{
    private readonly Dictionary<string, string> _variables = [];

    [Theory]
    [InlineData(null, null)]
    [InlineData("  ", null)]
    [InlineData("true", true)]
    [InlineData(" Yes ", true)]
    [InlineData("1", true)]
    [InlineData("off", false)]
    [InlineData("0", false)]
    public void Flag_Word_IsReadAsAnybodyMeansIt(string? word, bool? expected)
    {
        VariableReader reader = Reading(word);

        reader.Flag("X").Should().Be(expected);
        reader.Faults.Should().BeEmpty();
    }

    [Fact]
    public void Read_ManyFaults_AreKeptWithNameValueAndRule()
    {
        VariableReader reader = Reading("ten");

        reader.Flag("X").Should().BeNull();
        reader.Whole("X", 1, 50).Should().BeNull();
        reader.Bytes("X", 1024, 4096).Should().BeNull();
        reader.Seconds("X", 0.5, 300).Should().BeNull();
        reader.Milliseconds("X", 1000, 60_000).Should().BeNull();
        reader.Choice("X", 7, ("a", 1), ("b", 2)).Should().Be(7);
        reader.Required("Y", "a token").Should().BeNull();

        reader.Faults.Should().Equal(
            "X is 'ten', but must be true or false",
            "X is 'ten', but must be a whole number from 1 to 50",
            "X is 'ten', but must be bytes, a whole number from 1024 to 4096",
            "X is 'ten', but must be seconds, a number from 0.5 to 300",
            "X is 'ten', but must be milliseconds, a whole number from 1000 to 60000",
            "X is 'ten', but must be one of a, b",
            "Y is missing: a token");
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("50", true)]
    [InlineData("51", false)]
    [InlineData("1e1", false)]
    [InlineData("99999999999999999999", false)]
    public void Whole_AtItsBounds_IsTakenOrNamed(string text, bool isLegal)
    {
        VariableReader reader = Reading(text);

        (reader.Whole("X", 1, 50) is not null).Should().Be(isLegal);
        reader.Faults.Should().HaveCount(isLegal ? 0 : 1);
    }

    [Theory]
    [InlineData("30", 30.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("NaN", null)]
    [InlineData("1e400", null)]
    [InlineData("-1", null)]
    public void Seconds_Text_IsATimeOrAFault(string text, double? seconds)
    {
        VariableReader reader = Reading(text);

        reader.Seconds("X", 0, 300).Should().Be(seconds is { } value ? TimeSpan.FromSeconds(value) : null);
        reader.Faults.Should().HaveCount(seconds is null ? 1 : 0);
    }

    [Fact]
    public void Milliseconds_ValueThatMeansSeconds_SaysWhatItWouldBe()
    {
        VariableReader reader = Reading("30");

        reader.Milliseconds("X", 1000, 300_000).Should().BeNull();

        reader.Faults.Should().ContainSingle().Which.Should().EndWith("(30 s are 30000)");
    }

    [Fact]
    public void Fault_LongValueWithControlCharacters_IsShownVisibly()
    {
        VariableReader reader = Reading("\u001b[2J" + new string('x', 10_000));

        reader.Whole("X", 1, 2);

        reader.Faults.Should().ContainSingle(fault => fault.Length < 1_000).Which.Should().NotContain("\u001b");
    }

    [Fact]
    public void List_Separators_AreThoseThatTheVariableHas()
    {
        Reading(" a b, c ,,").List("X", ',').Should().Equal("a b", "c");
        Reading("a b;c").List("X", ',', ';', ' ').Should().Equal("a", "b", "c");
        Reading(null).List("X", ',').Should().BeEmpty();
    }

    private VariableReader Reading(string? value)
    {
        if (value is not null)
        {
            _variables["X"] = value;
        }
        else
        {
            _variables.Remove("X");
        }

        return new VariableReader(_variables.GetValueOrDefault);
    }
}
