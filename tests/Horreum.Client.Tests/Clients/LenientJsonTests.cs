using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Horreum.Client.Clients;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Tests.Clients;

public sealed class LenientJsonTests
{
    private const string Good = """{"id":{0},"testid":1,"start":5,"stop":6,"owner":"o","trashed":false,"schemas":[{"id":1,"uri":"u"}],"datasets":[1]}""";

    private static readonly string[] OddTexts = ["null", "true", "\"x\"", "17", "1.5", "1e400", "{}", "[]", "[null]", "{\"id\":{}}", "[{}]", "[[1]]"];

    private static readonly Gen<JsonNode?> AnyJson = Gen.Int[0, OddTexts.Length - 1].Select(at => JsonNode.Parse(OddTexts[at]));

    /// <summary>Whatever is put in the place of whatever, the other elements are there, and what is gone is named.</summary>
    [Fact]
    public void Read_AnythingInPlaceOfAnything_CostsItsElementAtMost() => Gen.Select(Gen.Int[0, 9], Gen.Int[0, 20], AnyJson).Sample((victim, part, odd) =>
    {
        JsonArray runs = [.. Enumerable.Range(1, 10).Select(id => JsonNode.Parse(Good.Replace("{0}", id.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)))];
        JsonObject element = (JsonObject)runs[victim]!;
        string[] members = [.. element.Select(member => member.Key)];
        if (part < members.Length)
        {
            element[members[part]] = odd?.DeepClone();
        }
        else if (part == members.Length)
        {
            ((JsonObject)element["schemas"]![0]!)["id"] = odd?.DeepClone();
        }
        else
        {
            runs[victim] = odd?.DeepClone();
        }

        LenientJson reader = new();
        RunsSummary? read = reader.Read(Encoding.UTF8.GetBytes(new JsonObject { ["total"] = 10, ["runs"] = runs }.ToJsonString()), HorreumJsonContext.Default.RunsSummary);

        read!.Runs.Should().NotContainNulls();
        read.Runs.Select(run => run.Id).Where(id => id != victim + 1).Should().Contain(Enumerable.Range(1, 10).Where(id => id != victim + 1));
        read.Runs.Count.Should().Be(10 - reader.LeftOut.Count);
        if (read.Runs.Count < 10)
        {
            reader.LeftOut.Should().Equal(victim);
            reader.Faults.Should().Contain(fault => fault.Contains($"runs[{victim}]", StringComparison.Ordinal));
        }
    });

    [Theory]
    [InlineData("")]
    [InlineData("{\"runs\":")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("17")]
    public void Read_OfAnotherShapeAltogether_Throws(string json) => FluentActions
        .Invoking(() => new LenientJson().Read(Encoding.UTF8.GetBytes(json), HorreumJsonContext.Default.RunsSummary))
        .Should().Throw<JsonException>();

    [Fact]
    public void Read_NullsThatBelongThere_AreKept()
    {
        LenientJson reader = new();

        reader.Read("""[null,"a"]"""u8, HorreumJsonContext.Default.IReadOnlyListString).Should().Equal(null, "a");

        reader.Faults.Should().BeEmpty("the first folder is the root");
    }
}
