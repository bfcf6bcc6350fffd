using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Tests.Search;

public class SchemaTextTests
{
    private readonly SchemaText _schema = new();

    [Fact]
    public void Read_Parameters_GivesNamesAndTexts()
    {
        Read("""
            {"name":"t","inputSchema":{"title":"not of a parameter","type":"object","properties":{
                "repo_name":{"type":"string","description":"The \u00e9tat \ud83d\ude80 of \"it\""},
                "filter":{"type":"object","properties":{"state":{"enum":["open","closed",3]}}},
                "labels":{"type":"array","items":{"title":"A label"}}}}}
            """);

        Names().Should().Equal("repo_name", "filter", "state", "labels");
        Texts().Should().Equal("The état 🚀 of \"it\"", "open", "closed", "A label");
    }

    [Fact]
    public void Read_AnyTexts_GivesThemUnchanged_ToolAfterTool()
    {
        Random random = new(11);
        for (int run = 0; run < 200; run++)
        {
            string[] names = [.. Enumerable.Range(0, random.Next(0, 30)).Select(at => $"p{at}{new string((char)random.Next(0x20, 0x2FFF), random.Next(40))}")];
            string[] texts = [.. names.Select(_ => new string((char)random.Next(0x20, 0x2FFF), random.Next(300)))];
            Dictionary<string, object> properties = names.Zip(texts).ToDictionary(pair => pair.First, pair => (object)new { description = pair.Second });

            Read(JsonSerializer.Serialize(new { name = "t", inputSchema = new { properties } }));

            Names().Should().Equal(names);
            Texts().Should().Equal(texts);
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("[]", 0)]
    [InlineData("""{"inputSchema":{"properties":{"a":{},"b":{"description":"x"},""", 2)]
    [InlineData("""{"inputSchema":{"properties":{"a":{},"\ud800":{}}}}""", 1)]
    public void Read_WhatIsNotValid_GivesWhatCameBefore(string definition, int names)
    {
        Read("""{"inputSchema":{"properties":{"before":{}}}}""");

        Read(definition);

        _schema.NameCount.Should().Be(names);
    }

    private void Read(string definition) => _schema.Read(Encoding.UTF8.GetBytes(definition));

    private IEnumerable<string> Names() => Enumerable.Range(0, _schema.NameCount).Select(at => _schema.Name(at).ToString());

    private IEnumerable<string> Texts() => Enumerable.Range(0, _schema.TextCount).Select(at => _schema.Text(at).ToString());
}
