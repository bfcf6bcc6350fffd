namespace Common.Tests.Tools;

public sealed class ToolSchemasTests
{
    private static readonly TestTool Tool = TestTool.With(
        new("runId", ToolParameterKind.Id, "I.") { Required = true },
        new("size", ToolParameterKind.Integer, "S.") { Default = 20, Minimum = 1, Maximum = 50 },
        new("name", ToolParameterKind.Text, "N.") { Pattern = "^a", Length = (1, 9) },
        new("order", ToolParameterKind.Choice, "O.") { Choices = ["up", "down"] },
        new("values", ToolParameterKind.Texts, "V."));

    [Fact]
    public void Brief_SaysNoMoreThanItMust() => ToolSchemas.Brief(Tool, ToolSpelling.ToSnake).ToJsonString().Should().Be(
        """
        {"type":"object","properties":{"run_id":{"type":["integer","string"],"minimum":1,"description":"I."},"size":{"type":"integer","minimum":1,"maximum":50,"description":"S."},"name":{"type":"string","pattern":"^a","minLength":1,"maxLength":9,"description":"N."},"order":{"type":"string","enum":["up","down"],"description":"O."},"values":{"type":"object","additionalProperties":{"type":["string","null"]},"description":"V."}},"required":["run_id"]}
        """);

    [Fact]
    public void WithDefaults_SaysWhatALeftOutParameterMeans() => ToolSchemas.WithDefaults(Tool).ToJsonString().Should().Be(
        """
        {"type":"object","properties":{"runId":{"description":"I.","type":["integer","string"],"minimum":1},"size":{"description":"S.","type":"integer","default":20,"minimum":1,"maximum":50},"name":{"description":"N.","type":["string","null"],"default":null,"pattern":"^a","minLength":1,"maxLength":9},"order":{"description":"O.","type":["string","null"],"enum":["up","down"],"default":null},"values":{"description":"V.","type":["object","null"],"additionalProperties":{"type":["string","null"]},"default":null}},"required":["runId"]}
        """);

    [Fact]
    public void Schema_AsWritten_TakesThePlaceOfTheKinds()
    {
        TestTool tool = TestTool.With(
            new("words", ToolParameterKind.Words, "W.") { Schema = """{"anyOf":[{"type":"string"},{"type":"array"}]}""" },
            new("handle", ToolParameterKind.Text, "") { Required = true });

        ToolSchemas.Brief(tool).ToJsonString().Should().Be(
            """{"type":"object","properties":{"words":{"anyOf":[{"type":"string"},{"type":"array"}],"description":"W."},"handle":{"type":"string"}},"required":["handle"]}""");
        ToolSchemas.WithDefaults(tool)["properties"]!["words"]!.ToJsonString().Should().Be("""{"description":"W.","anyOf":[{"type":"string"},{"type":"array"}],"default":null}""");
    }
}
