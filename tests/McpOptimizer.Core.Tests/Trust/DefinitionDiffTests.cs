using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Trust;

namespace McpOptimizer.Core.Tests.Trust;

public sealed class DefinitionDiffTests
{
    [Fact]
    public void OfDefinitions_NamesEveryFieldThatDiffers()
    {
        IEnumerable<TrustChange> changes = DefinitionDiff.OfDefinitions(
            """{"name":"a","inputSchema":{"required":["x"],"properties":{"x":{"type":"string"},"gone":{"type":"null"}}},"annotations":{}}""",
            """{"inputSchema":{"properties":{"x":{"type":"number"},"y":{"type":"string"}},"required":["x","y"]},"name":"a","annotations":{"readOnlyHint":true}}""");

        changes.Select(change => (change.Path, change.Before, change.After)).Should().BeEquivalentTo<(string, string?, string?)>(
        [
            ("inputSchema.properties.x.type", "string", "number"),
            ("inputSchema.properties.y.type", null, "string"),
            ("inputSchema.required", """["x"]""", """["x","y"]"""),
            ("annotations.readOnlyHint", null, "true"),
            ("inputSchema.properties.gone.type", "null", null),
            ("annotations", "{}", null),
        ]);
    }

    [Fact]
    public void OfDefinitions_LongText_ShowsTheSentencesThatDiffer()
    {
        const string before = "Sends a message to a person. Needs a name and a text that is not empty. Waits for the answer. Gives the id of the message.";
        const string after = "Sends a message to a person. Needs a name and a text that is not empty. Waits for no answer\u200b. Gives the id of the message.";

        DefinitionDiff.OfTexts("description", before, after)[0].Unified.Should().Be(
            """
              Needs a name and a text that is not empty.
            - Waits for the answer.
            + Waits for no answer\u{200B}.
              Gives the id of the message.
            """);
    }

    [Fact]
    public void OfDefinitions_NothingApproved_ShowsAllOfIt() =>
        DefinitionDiff.OfDefinitions(null, """{"name":"a","description":"b\u001b[8m"}""").Should().BeEquivalentTo(
        [
            new TrustChange { Path = "name", After = "a" },
            new TrustChange { Path = "description", After = @"b\u{1B}[8m" },
        ]);
}
