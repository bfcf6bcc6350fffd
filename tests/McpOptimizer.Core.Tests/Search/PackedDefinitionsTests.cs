using System.Text;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Tests.Search;

public sealed class PackedDefinitionsTests
{
    [Fact]
    public void Read_WhateverWasPacked_IsGivenBackToTheByte()
    {
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            byte[][] definitions = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Some(random))];
            PackedDefinitions packed = new([.. definitions.Select(definition => (ReadOnlyMemory<byte>)definition)]);

            foreach (int at in Enumerable.Range(0, definitions.Length).Reverse())
            {
                packed.Read(at).ToArray().Should().Equal(definitions[at]);
            }
        }
    }

    [Fact]
    public void Read_LongerThanACopyReaches_IsGivenBackToTheByte()
    {
        byte[] noise = new byte[200_000];
        new Random(3).NextBytes(noise);
        byte[] same = [.. Enumerable.Repeat((byte)'a', 200_000)];
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 30_000).Select(number => $"\"name {number}\", ")));

        PackedDefinitions packed = new([text, noise, same, text, Array.Empty<byte>(), (byte[])[1, 2, 3]]);

        packed.Read(0).ToArray().Should().Equal(text);
        packed.Read(1).ToArray().Should().Equal(noise);
        packed.Read(2).ToArray().Should().Equal(same);
        packed.Read(3).ToArray().Should().Equal(text);
        packed.Read(4).ToArray().Should().BeEmpty();
        packed.Read(5).ToArray().Should().Equal(1, 2, 3);
    }

    [Theory]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a8057")]
    [InlineData("01890A5D-AC96-774B-BCCE-B302099A8057")]
    [InlineData("01890a5dac96774bbcceb302099a8057")]
    [InlineData("not an id")]
    [InlineData("")]
    public void IndexedTool_AnyId_IsGivenBackAsItWas(string id)
    {
        IndexedTool tool = new() { Id = id, ServerId = "s", ServerName = "s", Name = "t", DefinitionJson = "{}"u8.ToArray(), TokenCount = 1 };

        tool.Id.Should().Be(id);
        Encoding.UTF8.GetString(tool.DefinitionJson.Span).Should().Be("{}");
    }

    // Runs, repetitions from near and far, and noise, of any length.
    private static byte[] Some(Random random)
    {
        List<byte> bytes = [];
        int length = random.Next(0, 3_000);
        while (bytes.Count < length)
        {
            switch (random.Next(4))
            {
                case 0:
                    bytes.AddRange(Enumerable.Repeat((byte)random.Next(256), random.Next(1, 60)));
                    break;
                case 1 when bytes.Count > 0:
                    int from = random.Next(bytes.Count);
                    bytes.AddRange(bytes.GetRange(from, random.Next(bytes.Count - from)));
                    break;
                case 2:
                    bytes.AddRange("{\"type\":\"object\",\"properties\":{}}"u8);
                    break;
                default:
                    bytes.Add((byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }
}
