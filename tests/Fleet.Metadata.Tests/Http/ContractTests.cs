using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shared.Conventions;
using YamlDotNet.RepresentationModel;

namespace Fleet.Metadata.Tests.Http;

/// <summary>
/// The served description against the contract, by structure: paths, operations, responses, schemas. The contract lies beside the repository, in
/// ../shared/openapi, and where it does not these tests have nothing to compare with and pass.
/// </summary>
public sealed class ContractTests
{
    // Words that carry no rule: each side has its own.
    private static readonly HashSet<string> Prose = ["description", "summary", "example", "examples", "title", "contact", "$id", "default", "name"];

    [Fact]
    public async Task OpenApi_Served_EqualsTheContract()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        JsonObject served = JsonNode.Parse((await server.GetJsonAsync("/openapi.json")).GetRawText())!.AsObject();
        if (ReadContract() is not { } contract)
        {
            return;
        }

        // Ours besides: one entry by its key, which the contract's requirements ask for and its paths forget.
        served["paths"]!.AsObject().Remove("/metadata/{key}").Should().BeTrue();
        foreach (string part in new[] { "openapi", "paths", "components", "servers", "security" })
        {
            Normalise(served[part]).Should().Be(Normalise(contract[part]), $"'{part}' is the contract's");
        }

        served["tags"]!.AsArray().Select(tag => (string?)tag!["name"]).Should().Equal(contract["tags"]!.AsArray().Select(tag => (string?)tag!["name"]));
    }

    [Fact]
    public void Schema_OfTheTests_EqualsTheContracts()
    {
        string path = Path.Combine(SourceConvention.RepositoryRoot(), "..", "shared", "openapi", "metadata-response.schema.json");
        if (!File.Exists(path))
        {
            return;
        }

        string own = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "metadata-response.schema.json"));

        Normalise(JsonNode.Parse(own)).Should().Be(Normalise(JsonNode.Parse(File.ReadAllText(path))));
    }

    private static JsonObject? ReadContract()
    {
        string path = Path.Combine(SourceConvention.RepositoryRoot(), "..", "shared", "openapi", "fleet-metadata.yaml");
        if (!File.Exists(path))
        {
            return null;
        }

        YamlStream yaml = [];
        using StreamReader reader = File.OpenText(path);
        yaml.Load(reader);
        return ToJson(yaml.Documents[0].RootNode)!.AsObject();
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: not YamlDotNet.Core.ScalarStyle.Plain } text => JsonValue.Create(text.Value),
        YamlScalarNode { Value: "true" or "false" } flag => JsonValue.Create(flag.Value == "true"),
        YamlScalarNode scalar when int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    /// <summary>Canonical text: members sorted, prose left out, and the older word <c>nullable</c> written as the type it means.</summary>
    private static string Normalise(JsonNode? node, bool names = false)
    {
        switch (node)
        {
            case JsonObject map:
                List<string> members = [];
                bool nullable = !names && map["nullable"]?.GetValueKind() == JsonValueKind.True;
                IEnumerable<KeyValuePair<string, JsonNode?>> rules = map.Where(pair => names || (!Prose.Contains(pair.Key) && pair.Key != "nullable"));
                foreach ((string name, JsonNode? value) in rules.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    members.Add($"{name}:{NormaliseMember(name, value, nullable, names)}");
                }

                return $"{{{string.Join(',', members)}}}";
            case JsonArray list:
                return $"[{string.Join(',', list.Select(item => Normalise(item)).Order(StringComparer.Ordinal))}]";
            default:
                return node?.ToJsonString() ?? "null";
        }
    }

    private static string NormaliseMember(string name, JsonNode? value, bool nullable, bool names)
    {
        JsonNode? meant = (name, nullable) switch
        {
            ("type", true) => new JsonArray(value!.DeepClone(), "null"),
            ("oneOf", true) => new JsonArray([.. value!.AsArray().Select(item => item!.DeepClone()), new JsonObject { ["type"] = "null" }]),
            _ => value,
        };

        // Below these words the members are names and no vocabulary.
        return Normalise(meant, names: !names && name is "properties" or "paths" or "schemas" or "definitions" or "responses" or "variables");
    }
}
