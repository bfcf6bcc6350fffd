using System.Text;
using Common.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Common.Tests;

public sealed class GuardedYamlTests
{
    [Theory]
    [InlineData("tasks: { aa: 1 }\n? &a [*a]\n: x", "a key is a list")]
    [InlineData("? &a { b: *a }\n: x", "a key is a list")]
    [InlineData("a: &a x\n*a : y", "the alias *a is a key")]
    [InlineData("a: &a [*a]", "stands before or within")]
    [InlineData("a: &a { b: { c: *a } }", "stands before or within")]
    [InlineData("- &a [*b]\n- &b [*a]", "stands before or within")]
    [InlineData("- &a x\n- &a [*a]", "stands before or within")]
    [InlineData("- *nobody", "stands before or within")]
    [InlineData("--- &a x\n--- [*a]", "stands before or within")]
    [InlineData("? [a, b]\n: x", "a key is a list")]
    [InlineData("{ a: 1, a: 2 }", "*uplicate*")]
    public void Load_AliasOrKeyThatNeverEnds_IsRefusedWithTheReason(string text, string reason) =>
        FluentActions.Invoking(() => GuardedYaml.Load(text)).Should().Throw<YamlException>().WithMessage($"*{reason}*");

    [Fact]
    public void Load_BombOfAliases_IsRefusedOrSharedButNeverExpanded()
    {
        StringBuilder asValues = new("a0: &a0 [x, x]\n");
        StringBuilder asKey = new("l: &a0 [x, x]\n");
        for (int level = 1; level <= 60; level++)
        {
            asValues.Append($"a{level}: &a{level} [*a{level - 1}, *a{level - 1}, *a{level - 1}]\n");
            asKey.Append($"l{level}: &a{level} [*a{level - 1}, *a{level - 1}]\n");
        }

        GuardedYaml.Load(asValues.ToString()).Should().BeOfType<YamlMappingNode>().Which.Children.Should().HaveCount(61);
        FluentActions.Invoking(() => GuardedYaml.Load(asKey + "? *a60\n: x")).Should().Throw<YamlException>().WithMessage("*alias *a60 is a key*");
        FluentActions.Invoking(() => GuardedYaml.Load(asKey + "? [*a60]\n: x")).Should().Throw<YamlException>();
        string many = "a: &a x\nl:\n" + string.Concat(Enumerable.Repeat("- *a\n", GuardedParser.MaxAliases + 1));
        FluentActions.Invoking(() => GuardedYaml.Load(many)).Should().Throw<YamlException>().WithMessage("*more than 1000 aliases*");
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Load_NestedWithoutEnd_IsRefused(char bracket) =>
        FluentActions.Invoking(() => GuardedYaml.Load("a: " + new string(bracket, 100_000))).Should().Throw<YamlException>();

    [Fact]
    public void Load_OrdinaryDocument_KeepsAliasesMergesAndOrder()
    {
        YamlMappingNode root = (YamlMappingNode)GuardedYaml.Load("base: &b { x: 1 }\ncopy: *b\nmerged: { <<: *b, y: 2 }\n&k key: v\n---\nsecond: 1")!;

        GuardedYaml.Child(root, "copy").Should().BeSameAs(GuardedYaml.Child(root, "base"));
        root.Children.Keys.Select(key => ((YamlScalarNode)key).Value).Should().Equal("base", "copy", "merged", "key");
        GuardedYaml.Child(root, "nobody").Should().BeNull();
        GuardedYaml.Load("").Should().BeNull();
        GuardedYaml.Load("# only a comment").Should().BeNull();
    }

    [Fact]
    public void Load_TooLong_IsRefused() =>
        FluentActions.Invoking(() => GuardedYaml.Load(new string('a', GuardedYaml.MaxLength + 1))).Should().Throw<YamlException>().WithMessage("*longer than*");

    /// <summary>Whatever the text: it is loaded or refused, with no more events than the limit and no node deeper than the limit.</summary>
    [Fact]
    public void Load_GeneratedTexts_EndWithinTheBoundOfEvents()
    {
        Random random = new(16);
        int loaded = 0;
        for (int round = 0; round < 20_000; round++)
        {
            string text = Generate(random);
            GuardedParser parser = new(new Parser(new StringReader(text)));
            try
            {
                YamlNode? root = GuardedYaml.Load(parser);
                loaded++;
                (root is null ? 0 : Depth(root)).Should().BeLessThanOrEqualTo(GuardedParser.MaxDepth, text);
            }
            catch (YamlException exception)
            {
                exception.Message.Should().NotBeEmpty();
            }

            parser.Events.Should().BeLessThanOrEqualTo((2 * text.Length) + 4, "each part of a text costs at least half a character of it");
        }

        loaded.Should().BeGreaterThan(1000, "texts that are all refused would prove nothing");
    }

    [Fact]
    public void MoveNext_MoreEventsThanTheLimit_IsRefused()
    {
        string text = "[" + string.Concat(Enumerable.Repeat("a,", GuardedParser.MaxEvents + 1)) + "]";
        GuardedParser parser = new(new Parser(new StringReader(text)));

        FluentActions.Invoking(() => new YamlStream().Load(parser)).Should().Throw<YamlException>().WithMessage("*more than 500000 parts*");
        parser.Events.Should().Be(GuardedParser.MaxEvents + 1);
        parser.Current.Should().BeOfType<Scalar>();
    }

    private static string Generate(Random random)
    {
        string[] pieces =
        [
            "&a ", "&b ", "*a ", "*b ", "[", "]", "{", "}", ", ", ": ", "? ", "- ", "\n", "\n  ", "a", "b: ", "x: y\n", "--- ", "...\n", "<<: *a\n", "!!str ",
            "'q' ", "| \n  text\n", "\t", "# c\n", "\"", "a: &a {k: v}\n", "b: &b [*a]\n", "? *b\n: x\n", "%", "\u0001", "\ud800",
        ];
        StringBuilder text = new();
        for (int i = random.Next(1, 24); i > 0; i--)
        {
            text.Append(pieces[random.Next(pieces.Length)]);
        }

        return text.ToString();
    }

    // Would not end on a node that holds itself, so it stops by itself beyond the limit.
    private static int Depth(YamlNode node, int level = 0) => level > 2 * GuardedParser.MaxDepth ? level : node switch
    {
        YamlMappingNode { Children.Count: > 0 } map => map.Children.Max(pair => Depth(pair.Value, level + 1)),
        YamlSequenceNode { Children.Count: > 0 } list => list.Children.Max(child => Depth(child, level + 1)),
        _ => level,
    };
}
