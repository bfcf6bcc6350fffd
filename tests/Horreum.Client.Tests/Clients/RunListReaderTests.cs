using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Horreum.Client.Clients;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Tests.Clients;

public sealed class RunListReaderTests
{
    private const string Run = """
        {"id":{0},"testid":1,"testname":"t","start":1700000000000,"stop":1700000060000,"access":"PUBLIC","owner":"o\u00e9","trashed":false,"hasMetadata":true,
        "description":null,"schemas":[{"id":1,"name":"n","uri":"u","source":0,"type":1,"key":"k","hasJsonSchema":true},{"id":2,"uri":"u"}],"datasets":[1,2,3],
        "validationErrors":[{"schemaId":3,"error":{"type":"type","message":"no","arguments":["a"]}}]}
        """;

    private static readonly string[] OddTexts =
    [
        "null", "true", "\"x\"", "\"17\"", "\"2024-01-02T03:04:05Z\"", "\"HALF\"", "17", "1.5", "1000.0", "1e400", "99999999999", "{}", "[]", "[null]", "[1,\"2\"]", "{\"id\":{}}", "[{}]", "[[1]]",
    ];

    [Fact]
    public void Read_AsHorreumWrites_NeedsNoSerializer() =>
        RunListReader.Read(Encoding.UTF8.GetBytes(List([Parse(1), Parse(2)])))!.Runs.Should().HaveCount(2).And.OnlyContain(run => run.Owner == "oé" && run.Datasets.Count == 3);

    [Fact]
    public void Read_MembersOfANewerHorreum_AreSkipped() =>
        RunListReader.Read("""{"total":1,"next":{"a":[1]},"runs":[{"id":7,"labels":{"id":1},"trashed":true}]}"""u8)!.Runs.Should().ContainSingle(run => run.Id == 7 && run.Trashed);

    [Theory]
    [InlineData("""{"Total":1,"runs":[]}""")]
    [InlineData("""{"total":1,"runs":[{"ID":7}]}""")]
    [InlineData("""{"total":1,"runs":[{"id":"7"}]}""")]
    [InlineData("""{"total":1,"runs":[{"\u0069d":7}],"\u0074otal":2}""")]
    [InlineData("""{"total":1,"runs":[]} x""")]
    [InlineData("""{"total":1,"runs":[""")]
    [InlineData("""[]""")]
    [InlineData("")]
    public void Read_NotPlainlyAsExpected_IsLeftToTheSerializer(string json)
    {
        RunsSummary? fast = RunListReader.Read(Encoding.UTF8.GetBytes(json));

        if (fast is not null)
        {
            Show(fast).Should().Be(Show(JsonSerializer.Deserialize(json, HorreumJsonContext.Default.RunsSummary)));
        }
    }

    /// <summary>With anything in the place of anything, what is read fast is what the serializer reads, and where the serializer refuses nothing is read.</summary>
    [Fact]
    public void Read_AnythingInPlaceOfAnything_SaysWhatTheSerializerSays() => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 40], Gen.Int[0, OddTexts.Length - 1], Gen.Int[0, 400]).Sample((victim, part, odd, cut) =>
    {
        JsonObject[] runs = [.. Enumerable.Range(1, 4).Select(Parse)];
        JsonNode? other = JsonNode.Parse(OddTexts[odd]);
        JsonObject element = runs[victim];
        JsonObject schema = (JsonObject)element["schemas"]![0]!;
        JsonObject error = (JsonObject)element["validationErrors"]![0]!;
        string[] members = [.. element.Select(member => member.Key)];
        string[] schemaMembers = [.. schema.Select(member => member.Key)];
        string[] errorMembers = [.. error.Select(member => member.Key)];
        if (part < members.Length)
        {
            element[members[part]] = other;
        }
        else if (part - members.Length < schemaMembers.Length)
        {
            schema[schemaMembers[part - members.Length]] = other;
        }
        else
        {
            error[errorMembers[part % errorMembers.Length]] = other;
        }

        string json = List(runs).Replace("HALF", "\\ud800", StringComparison.Ordinal);
        json = cut < 100 ? json[..Math.Min(json.Length, cut * 20)] : json;
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        RunsSummary? fast = RunListReader.Read(bytes);
        if (fast is not null)
        {
            Show(fast).Should().Be(Show(JsonSerializer.Deserialize(bytes, HorreumJsonContext.Default.RunsSummary)));
        }
    }, iter: 2000);

    private static JsonObject Parse(int id) => (JsonObject)JsonNode.Parse(Run.Replace("{0}", id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))!;

    private static string List(IEnumerable<JsonObject> runs) => new JsonObject { ["total"] = 250, ["runs"] = new JsonArray([.. runs]) }.ToJsonString();

    private static string Show(RunsSummary? list) => JsonSerializer.Serialize(list, HorreumJsonContext.Default.RunsSummary!);
}
