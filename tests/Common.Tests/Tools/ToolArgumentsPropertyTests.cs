using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Common.Tests.Tools;

/// <summary>Declarations and arguments made by chance: whatever comes, a value that the schema allows is read, and anything else is refused by name.</summary>
public sealed class ToolArgumentsPropertyTests
{
    private static readonly string[] Words = ["page", "pageSize", "runId", "name", "longName", "x", "filterOfAll", "a"];
    private static readonly string[] Odd =
    [
        "null", "true", "\"true\"", "0", "-1", "1.0", "2.5", "1e5", "1e400", "\"12\"", "\"-12.50\"", "\"\"", "\"a\\u0000b\"", "\"\\ud800\"", "[]", "[\"a\"]", "[1]", "{}", "{\"a\":1}",
        "9223372036854775808", "\"99999999999999999999999999999999\"",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_AnyArguments_ReadsOrRefusesByName(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 2_000; round++)
        {
            TestTool tool = TestTool.With([.. Words.Where(_ => random.Next(2) == 0).Select(name => Parameter(random, name))]);
            JsonObject schema = ToolSchemas.Brief(tool);
            string[] asked = [.. Words.Where(_ => random.Next(3) == 0)];
            string arguments = "{" + string.Join(',', asked.Select(name => $"\"{(random.Next(2) == 0 ? name : ToolSpelling.ToSnake(name))}\":{Value(random)}")) + "}";

            try
            {
                ToolArguments read = tool.Read(arguments);
                foreach (ToolParameter parameter in tool.Parameters)
                {
                    JsonElement? came = read.Values.TryGetValue(parameter.Name, out JsonElement value) ? value : null;
                    Check(parameter, came, ReadOne(read, parameter), arguments);
                }
            }
            catch (ToolArgumentException e)
            {
                e.Message.Should().StartWith("look");
                bool known = tool.Parameters.Any(parameter => parameter.IsCalled(e.Argument));
                known.Should().Be(e.Fault != ToolArgumentFault.Unknown, arguments);
                (e.Fault == ToolArgumentFault.Missing).Should().Be(e.Received.ValueKind == JsonValueKind.Undefined && known, arguments);
                schema["properties"]!.AsObject().ContainsKey(e.Argument).Should().Be(known && !e.Argument.Contains('_', StringComparison.Ordinal), arguments);
            }
        }
    }

    private static ToolParameter Parameter(Random random, string name)
    {
        ToolParameterKind kind = (ToolParameterKind)random.Next((int)ToolParameterKind.Json + 1);
        int least = random.Next(-5, 5);
        return new ToolParameter(name, kind, "D.")
        {
            Required = random.Next(5) == 0,
            Minimum = kind == ToolParameterKind.Integer && random.Next(2) == 0 ? least : null,
            Maximum = kind == ToolParameterKind.Integer && random.Next(2) == 0 ? least + random.Next(20) : null,
            Choices = ["up", "down"],
        };
    }

    private static string Value(Random random) => random.Next(2) == 0 ? Odd[random.Next(Odd.Length)] : random.Next(-10, 30).ToString(CultureInfo.InvariantCulture);

    private static object? ReadOne(ToolArguments read, ToolParameter parameter) => parameter.Kind switch
    {
        ToolParameterKind.Id => read.OptionalId(parameter.Name),
        ToolParameterKind.Integer => read.OptionalLong(parameter.Name),
        ToolParameterKind.Flag => read.OptionalFlag(parameter.Name),
        ToolParameterKind.Words => read.Words(parameter.Name),
        ToolParameterKind.Texts => read.Texts(parameter.Name),
        ToolParameterKind.Json or ToolParameterKind.Filter => read.Has(parameter.Name) ? read.Json(parameter.Name) : null,
        _ => read.OptionalText(parameter.Name),
    };

    // What was read is what the schema promises.
    private static void Check(ToolParameter parameter, JsonElement? came, object? value, string arguments)
    {
        (came is null && parameter.Required).Should().BeFalse(arguments);
        switch (value)
        {
            case int id:
                id.Should().BePositive(arguments);
                break;
            case long number:
                number.Should().BeInRange(parameter.Minimum ?? long.MinValue, parameter.Maximum ?? long.MaxValue, arguments);
                break;
            case string text:
                text.Should().Be(came!.Value.GetString(), arguments);
                break;
            case null:
                (came is null || parameter.Kind == ToolParameterKind.Words).Should().BeTrue(arguments);
                break;
        }
    }
}
