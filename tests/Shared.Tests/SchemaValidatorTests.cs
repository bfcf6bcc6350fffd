using System.Text.Json;
using Shared.Json;

namespace Shared.Tests;

/// <summary>Cases in the manner of the specification's own test suite: a rule, a value that keeps it, one that does not.</summary>
public sealed class SchemaValidatorTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "1", "1.5")]
    [InlineData("""{"type":"string","maxLength":2}""", "\"ab\"", "\"abc\"")]
    [InlineData("""{"type":"string","pattern":"^a+$"}""", "\"aa\"", "\"ab\"")]
    [InlineData("""{"enum":["a",null]}""", "null", "\"b\"")]
    [InlineData("""{"const":{"x":1}}""", """{"x":1}""", """{"x":2}""")]
    [InlineData("""{"type":"object","required":["a"]}""", """{"a":1}""", "{}")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}""", """{"a":""}""", """{"b":""}""")]
    [InlineData("""{"type":"array","items":{"type":"boolean"},"minItems":1}""", "[true]", "[]")]
    [InlineData("""{"definitions":{"n":{"type":"null"}},"$ref":"#/definitions/n"}""", "null", "0")]
    [InlineData("""{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}""", """{"c":1}""", """{"a":1,"c":1}""")]
    public void Validate_KeptAndBroken_AreToldApart(string schema, string kept, string broken)
    {
        SchemaValidator validator = new(JsonElement.Parse(schema));

        validator.Validate(JsonElement.Parse(kept)).Should().BeEmpty();
        validator.Validate(JsonElement.Parse(broken)).Should().NotBeEmpty();
    }

    [Fact]
    public void Validate_WordThatItDoesNotKnow_IsNoSilentYes()
    {
        Func<object> validate = () => new SchemaValidator(JsonElement.Parse("""{"multipleOf":2}""")).Validate(JsonElement.Parse("3"));

        bool noticed;
        try
        {
            noticed = ((IReadOnlyList<string>)validate()).Count > 0;
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
        {
            noticed = true;
        }

        noticed.Should().BeTrue();
    }
}
