namespace Common.Tests.Tools;

public sealed class ToolArgumentsTests
{
    private static readonly TestTool Tool = TestTool.With(
        new("runId", ToolParameterKind.Id, "Id.") { Required = true },
        new("pageSize", ToolParameterKind.Integer, "Size.") { Minimum = 1, Maximum = 1000, Default = 100, Aliases = ["limit"] },
        new("since", ToolParameterKind.Integer, "Long."),
        new("name", ToolParameterKind.Text, "Name.") { Default = "x" },
        new("deep", ToolParameterKind.Flag, "Flag.") { Default = false },
        new("only", ToolParameterKind.Words, "Words."),
        new("values", ToolParameterKind.Texts, "Texts."));

    private static readonly TestTool Direction = TestTool.With(new ToolParameter("direction", ToolParameterKind.Choice, "D.") { Choices = ["up", "down"], Default = "down" });

    [Theory]
    [InlineData("""{"runId":1,"pageSise":2}""", "look has no argument 'pageSise'. Did you mean 'pageSize'?")]
    [InlineData("""{"runId":1,"page_sise":null}""", "look has no argument 'page_sise'. Did you mean 'pageSize'?")]
    [InlineData("""{"runId":1,"zzzzzzzz":2}""", "look has no argument 'zzzzzzzz'. Known: deep, name, only, pageSize, runId, since, values.")]
    [InlineData("""{"runId":1,"a\u001bb":2}""", "look has no argument 'a\\u{1B}b'. Known: *")]
    [InlineData("""{}""", "look needs 'runId': an id: an integer from 1.")]
    [InlineData("""{"runId":null}""", "look needs 'runId': an id: an integer from 1.")]
    [InlineData("""{"runId":1,"pageSize":2,"limit":3}""", "look: 'limit' is 3; expected the same as pageSize, or only one of the two.")]
    public void Names_ThatCannotBe_AreRefusedWithTheReason(string arguments, string message) =>
        FluentActions.Invoking(() => Tool.Read(arguments)).Should().Throw<ToolArgumentException>().WithMessage(message);

    [Fact]
    public void Unknown_ToolWithoutParameters_SaysSo() =>
        FluentActions.Invoking(() => TestTool.With().Read("""{"x":1}""")).Should().Throw<ToolArgumentException>().WithMessage("look has no argument 'x'. It takes none.")
            .Which.Fault.Should().Be(ToolArgumentFault.Unknown);

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("1.5")]
    [InlineData("1e99")]
    [InlineData("1e999999999")]
    [InlineData("-9223372036854775809")]
    [InlineData("99999999999999999999999999999999999999999999")]
    [InlineData("\"\"")]
    [InlineData("\"many\"")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void Integer_OutOfItsRangeOrNone_IsRefusedWithTheRange(string value)
    {
        ToolArguments arguments = Tool.Read($$"""{"runId":1,"page_size":{{value}}}""");

        FluentActions.Invoking(() => arguments.Integer("pageSize")).Should().Throw<ToolArgumentException>()
            .Where(e => e.Argument == "pageSize" && e.Expected == "an integer from 1 to 1000" && e.Received.GetRawText() == value);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("\"7\"", 7)]
    [InlineData("7.0", 7)]
    [InlineData("0.7e1", 7)]
    [InlineData("\"7.0\"", 7)]
    [InlineData("null", 100)]
    public void Integer_WrittenInAnyWay_IsRead(string value, int number) => Tool.Read($$"""{"runId":1,"pageSize":{{value}}}""").Integer("pageSize").Should().Be(number);

    [Fact]
    public void Long_BeyondAnInteger_IsReadAsLongOnly()
    {
        ToolArguments arguments = Tool.Read("""{"runId":1,"since":9223372036854775807}""");

        arguments.OptionalLong("since").Should().Be(long.MaxValue);
        FluentActions.Invoking(() => arguments.OptionalInteger("since")).Should().Throw<ToolArgumentException>();
    }

    [Fact]
    public void LeftOut_HasItsDefaultOrNothing()
    {
        ToolArguments arguments = Tool.Read("""{"run_id":"3"}""");

        (arguments.Id("runId"), arguments.Integer("pageSize"), arguments.OptionalLong("since"), arguments.Text("name"), arguments.Flag("deep")).Should().Be((3, 100, null, "x", false));
        arguments.Words("only").Should().BeNull();
        arguments.Texts("values").Should().BeEmpty();
        arguments.Has("pageSize").Should().BeFalse();
    }

    [Theory]
    [InlineData("name", "1", "a text")]
    [InlineData("name", "[]", "a text")]
    [InlineData("deep", "1", "true or false")]
    [InlineData("deep", "\"yes\"", "true or false")]
    [InlineData("only", "[1]", "a text or a list of texts")]
    [InlineData("values", "[\"a\"]", "an object of texts")]
    [InlineData("values", "{\"a\":[]}", "an object of texts")]
    [InlineData("runId", "0", "an id: an integer from 1 to 2147483647, as number or digits")]
    [InlineData("runId", "2147483648", "an id: an integer from 1 to 2147483647, as number or digits")]
    public void WrongType_IsRefusedWithWhatIsExpected(string name, string value, string expected)
    {
        ToolArguments arguments = Tool.Read(name == "runId" ? $$"""{"runId":{{value}}}""" : $$"""{"runId":1,"{{name}}":{{value}}}""");

        Action read = name switch
        {
            "name" => () => arguments.Text(name),
            "deep" => () => arguments.Flag(name),
            "only" => () => arguments.Words(name),
            "values" => () => arguments.Texts(name),
            _ => () => arguments.Id(name),
        };
        read.Should().Throw<ToolArgumentException>().Where(e => e.Fault == ToolArgumentFault.Wrong && e.Expected == expected);
    }

    [Fact]
    public void Values_InTheirLooseForms_AreRead()
    {
        ToolArguments arguments = Tool.Read("""{"runId":1,"deep":"TRUE","only":"a","name":"  ","values":{"a":"b","port":8080,"on":true,"none":null}}""");

        arguments.Flag("deep").Should().BeTrue();
        arguments.Words("only").Should().Equal("a");
        arguments.Text("name").Should().Be("  ");
        arguments.Texts("values").Should().Equal(new Dictionary<string, string> { ["a"] = "b", ["port"] = "8080", ["on"] = "true" });
    }

    [Fact]
    public void Text_HalfACharacter_BecomesWhole() => Tool.Read("""{"runId":1,"name":"a\ud83d"}""").Text("name").Should().Be("a\uFFFD");

    [Fact]
    public void Names_BothSpellingsOfOne_SnakeCaseWins() => Tool.Read("""{"runId":1,"page_size":2,"pageSize":3}""").Integer("pageSize").Should().Be(2);

    [Theory]
    [InlineData("""{"text":"123456"}""", "look: 'text' has 6 characters; at most 5 are read. Say it in fewer words.")]
    [InlineData("""{"words":["12","34","5"]}""", "look: 'words' has 7 characters; at most 5 are read. Say it in fewer words.")]
    [InlineData("""{"texts":{"ab":"cd","e":"f"}}""", "look: 'texts' has 6 characters; at most 5 are read. Say it in fewer words.")]
    public void Texts_LongerThanWhatIsRead_AreRefusedWithBothLengths(string arguments, string message)
    {
        ToolArguments read = TestTool.With(
            new("text", ToolParameterKind.Text, "T.") { Longest = 5 },
            new("words", ToolParameterKind.Words, "W.") { Longest = 5 },
            new("texts", ToolParameterKind.Texts, "S.") { Longest = 5 }).Read(arguments);

        FluentActions.Invoking(() => (read.OptionalText("text"), read.Words("words"), read.Texts("texts"))).Should().Throw<ToolArgumentException>().WithMessage(message)
            .Where(e => e.Fault == ToolArgumentFault.Wrong && e.Expected == "at most 5 characters");
    }

    [Theory]
    [InlineData("\"up\"", "up")]
    [InlineData("null", "down")]
    public void Choice_OfTheDeclaredWords_IsRead(string value, string word) => Direction.Read($$"""{"direction":{{value}}}""").Choice("direction").Should().Be(word);

    [Theory]
    [InlineData("\"upp\"", "up")]
    [InlineData("\"UP\"", "up")]
    [InlineData("\"sideways\"", null)]
    [InlineData("1", null)]
    public void Choice_OfAnotherWord_IsRefusedWithTheLegalOnes(string value, string? nearest)
    {
        ToolArguments arguments = Direction.Read($$"""{"direction":{{value}}}""");

        FluentActions.Invoking(() => arguments.Choice("direction")).Should().Throw<ToolArgumentException>().WithMessage($"look: 'direction' is {value}; expected up or down.")
            .Which.Nearest.Should().Be(nearest);
    }

    [Fact]
    public void Integer_OutOfRangeWithoutADeclaredEnd_IsRefusedWithWhatCanBeRead()
    {
        ToolArguments arguments = TestTool.With(new ToolParameter("at", ToolParameterKind.Integer, "A.") { Minimum = 0 }).Read("""{"at":99999999999}""");

        FluentActions.Invoking(() => arguments.OptionalInteger("at")).Should().Throw<ToolArgumentException>().WithMessage("look: 'at' is 99999999999; expected an integer from 0 to 2147483647.");
    }

    [Fact]
    public void Expected_AsTheParameterSaysIt_StandsInEachRefusal()
    {
        TestTool tool = TestTool.With(new ToolParameter("list", ToolParameterKind.Json, "L.") { Required = true, Expected = "a list of calls" });

        FluentActions.Invoking(() => tool.Read("{}")).Should().Throw<ToolArgumentException>().WithMessage("look needs 'list': a list of calls.");
        tool.Read("""{"list":5}""").Wrong("list").Message.Should().Be("look: 'list' is 5; expected a list of calls.");
    }

    [Fact]
    public void ToolThatTakesAnything_FindsTheRestBesideItsParameters()
    {
        TestTool tool = TestTool.With(new("name", ToolParameterKind.Text, "N.") { Required = true }, new("pageSize", ToolParameterKind.Integer, "S.")) with { TakesOthers = true };

        ToolArguments arguments = tool.Read("""{"name":"a","page_size":2,"filter":"cut \ud83d","nothing":null,"Name":1}""");

        (arguments.Text("name"), arguments.Integer("pageSize")).Should().Be(("a", 2));
        arguments.Others!.Select(other => $"{other.Key}={other.Value}").Should().Equal("filter=cut \uFFFD", "Name=1");
        tool.Read("{}").Others.Should().BeNull("what is required may stand elsewhere: the tool judges");
    }

    [Fact]
    public void Name_OfOneParameterAndAliasOfAnother_IsTheFirst()
    {
        TestTool tool = TestTool.With(new("size", ToolParameterKind.Integer, "S.") { Aliases = ["limit"] }, new("limit", ToolParameterKind.Integer, "L."));

        tool.Read("""{"limit":3}""").Values.Keys.Should().Equal("limit");
    }

    [Fact]
    public void Read_ParameterThatTheToolDoesNotDeclare_IsAFaultOfOurs() =>
        FluentActions.Invoking(() => Tool.Read("""{"runId":1}""").OptionalText("nme")).Should().Throw<InvalidOperationException>();
}
