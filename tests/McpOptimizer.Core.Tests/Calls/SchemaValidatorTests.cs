using System.Text.Json;
using McpOptimizer.Core.Services.Calls.Validation;

namespace McpOptimizer.Core.Tests.Calls;

public sealed class SchemaValidatorTests
{
    [Theory]
    [InlineData("""{"type":"object","required":["city"]}""", """{}""", "'city' is missing")]
    [InlineData("""{"properties":{"n":{"type":"integer"}}}""", """{"n":"5"}""", "'n' is \"5\"; it must be of type integer")]
    [InlineData("""{"properties":{"n":{"type":"integer"}}}""", """{"n":1.5}""", "'n' is 1.5; it must be of type integer")]
    [InlineData("""{"properties":{"n":{"type":["string","null"]}}}""", """{"n":[]}""", "'n' is an array; it must be of type string or null")]
    [InlineData("""{"properties":{"unit":{"enum":["c","f"]}}}""", """{"unit":"k"}""", "'unit' is \"k\"; it must be one of \"c\", \"f\"")]
    [InlineData("""{"properties":{"unit":{"const":1}}}""", """{"unit":2}""", "'unit' is 2; it must be 1")]
    [InlineData("""{"properties":{"n":{"minimum":1,"maximum":3}}}""", """{"n":4}""", "'n' is 4; it must be at most 3")]
    [InlineData("""{"properties":{"n":{"exclusiveMinimum":1}}}""", """{"n":1}""", "'n' is 1; it must be more than 1")]
    [InlineData("""{"properties":{"n":{"minimum":1,"exclusiveMinimum":true}}}""", """{"n":1}""", "'n' is 1; it must be more than 1")]
    [InlineData("""{"properties":{"n":{"multipleOf":0.1}}}""", """{"n":0.25}""", "'n' is 0.25; it must be a multiple of 0.1")]
    [InlineData("""{"properties":{"s":{"minLength":2}}}""", """{"s":"😀"}""", "'s' has 1 characters; at least 2 are needed")]
    [InlineData("""{"properties":{"s":{"pattern":"^[a-z]+$"}}}""", """{"s":"A"}""", "'s' does not match the pattern ^[a-z]+$")]
    [InlineData("""{"properties":{"a":{"items":{"type":"string"},"minItems":1}}}""", """{"a":["x",2]}""", "'a[1]' is 2; it must be of type string")]
    [InlineData("""{"properties":{"a":{"minItems":1}}}""", """{"a":[]}""", "'a' has 0 items; at least 1 are needed")]
    [InlineData("""{"properties":{"a":{"uniqueItems":true}}}""", """{"a":[{"x":1},{"x":1.0}]}""", "'a' holds an item twice")]
    [InlineData("""{"properties":{"a":{"prefixItems":[{"type":"string"}],"items":false}}}""", """{"a":["x",1]}""", "'a[1]' must not be given")]
    [InlineData("""{"properties":{"colour":{}},"additionalProperties":false}""", """{"color":1}""", "'color' is not known. Did you mean 'colour'?")]
    [InlineData("""{"additionalProperties":{"type":"string"}}""", """{"x":1}""", "'x' is 1; it must be of type string")]
    [InlineData("""{"$defs":{"P":{"type":"object","required":["x"]}},"properties":{"p":{"$ref":"#/$defs/P"}}}""", """{"p":{}}""", "'p.x' is missing")]
    [InlineData("""{"allOf":[{"required":["a"]}]}""", """{}""", "'a' is missing")]
    [InlineData("""{"properties":{"v":{"anyOf":[{"type":"string"},{"type":"integer"}]}}}""", """{"v":true}""", "'v' fits none of the alternatives; the nearest fails because 'v' is true; it must be of type string")]
    public void Validate_WrongValue_SaysWhatIsWrong(string schema, string value, string problem) =>
        SchemaValidator.Validate(JsonElement.Parse(schema), JsonElement.Parse(value)).Select(found => found.ToString()).Should().Equal(problem);

    [Theory]
    [InlineData("""{"type":"object","properties":{"n":{"type":"integer"}}}""", """{"n":5.0,"other":1}""")]
    [InlineData("""{"properties":{"n":{"type":"number"}}}""", """{"n":12345678901234567890}""")]
    [InlineData("""{"properties":{"s":{"type":"string"}}}""", """{"s":null}""")]
    [InlineData("""{"properties":{"s":{"type":"string","nullable":true}},"required":["s"]}""", """{"s":null}""")]
    [InlineData("""{"properties":{"s":{"format":"email","unknownKeyword":7}}}""", """{"s":"not an email"}""")]
    [InlineData("""{"properties":{"s":{"pattern":"(?<!x)["}}}""", """{"s":"anything"}""")]
    [InlineData("""{"properties":{"s":{"pattern":"^(a+)+$"}}}""", """{"s":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""")]
    [InlineData("""{"properties":{"s":{"$ref":"https://elsewhere/schema"}}}""", """{"s":1}""")]
    [InlineData("""{"properties":{"s":{"$ref":"#/nowhere"}}}""", """{"s":1}""")]
    [InlineData("""{"properties":{"v":{"oneOf":[{"type":"number"},{"type":"integer"}]}}}""", """{"v":1}""")]
    [InlineData("""{"not":{"required":["a"]}}""", """{"a":1}""")]
    [InlineData("""{"if":{"format":"x"},"then":false}""", """{"a":1}""")]
    [InlineData("""{"patternProperties":{"^x-":{}},"additionalProperties":false}""", """{"x-1":1}""")]
    [InlineData("""{"properties":{"n":{"multipleOf":0.1}}}""", """{"n":0.3}""")]
    [InlineData("""{"properties":{"t":{"$ref":"#"}}}""", """{"t":{"t":{"t":{}}}}""")]
    [InlineData("""true""", """{"a":1}""")]
    [InlineData("""{"type":7,"required":"x","properties":[],"items":3,"enum":"q"}""", """{"a":1}""")]
    public void Validate_ValueThatMayBeRight_Passes(string schema, string value) =>
        SchemaValidator.Validate(JsonElement.Parse(schema), JsonElement.Parse(value)).Should().BeEmpty();

    [Fact]
    public void Validate_SchemaThatRefersToItself_Ends() =>
        SchemaValidator.Validate(JsonElement.Parse("""{"$ref":"#","allOf":[{"$ref":"#"}]}"""), JsonElement.Parse("{}")).Should().BeEmpty();

    [Fact]
    public void Validate_ManyProblems_NamesTheFirstTen()
    {
        string items = string.Join(",", Enumerable.Range(0, 50));

        SchemaValidator.Validate(JsonElement.Parse("""{"properties":{"a":{"items":{"type":"string"}}}}"""), JsonElement.Parse($$"""{"a":[{{items}}]}"""))
            .Should().HaveCount(10);
    }
}
