using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace McpOptimizer.Encoder.MiniLM.Tests;

public sealed class MiniLmTests : IDisposable
{
    // The beginning of the SHA-256 of the vectors of all probes, bit by bit. The same on every processor: try with DOTNET_EnableHWIntrinsic=0, DOTNET_EnableAVX2=0, DOTNET_EnableAVX512F=0.
    private const string DigestOfProbes = "02564496d12478cbcc3c";

    private const double ReferenceSteps = 400;
    private readonly MiniLmEmbeddingGenerator _generator = new();

    /// <summary>Vectors of ONNX Runtime 1.31.1 with the weights in full precision, as signed bytes of 400 steps.</summary>
    public static TheoryData<string, string> References => new()
    {
        { "create an issue", "8xjsDvQEHBbpFA3lFg36Ce/w0Rb2AOQdy94YBxjdCiMG9gkWBRAK3fTbBvT17w0RFwHqAAHVE98BD98MEBDyECUU/wDtHAUW3iUBBPcIHQ0a+fkLLPcZIBcD9v8x+h4JBvPvMAP49A8B5fXw8vYE/vLsIfAQDQLpFAXT+/PwCgABA/QXLwToDe3+Ee4a8RDx8xji+wLTDhEBHQviCPgB6goIBQQPCfze7/sLDywWEPP7FeYXC/oF2+3hCf8SC/rwDe4J9wnU+OYAAO/+/Bjvz/fbC/n9CQ4ZBR/yFwoLHgDN+Nj7/vb69RQF4+b88QLi9APyLev68gsCKxzZAAzzA/QA9usR+AsILf37JA3kBgMaCPzrA+nvDhL4FR3xF/3kCefhHfoC4gHo1wkL3evzKBwOG/3f8hgN/fH9J+4J9gAC/PX4Fwni7/8L7/vzD/jh5Rbg6gUOEP35CBD/9AYGIhETDwfcBA3I+if8Bd/37O8EAtoEKiMXFQ7oCAEbFBUd" },
        { "turn off the lights in the living room", "HxgHIgQOBfAJBxPp7QjvDPf3Bg4j3vH/CxUB9fkGFwX87AL2AgYkDQjwDujzD/XpFu3+Df8ZMwgEGCPc/wEU/Okx9vgfF/kUJwMS9OvWBhQA6vMN/RASBQb4xfYdDuTj+fXlBhDqHhMF8g4i5ATv/PQE8/Q5IAn+JPr8/QvqBQAP/QDzGukEHh37LBUB5yfxD/gN8/z7CQr0+gTw8AAIERUR6QjzEvn75wUGFB0jGv4G9wfy6hAA/v7yBvkFBRwK9NH/9fTo6/vl8Pf+8/bT/xPw/fwo6eMc0Bf7EBbv0AAL5O76B/Tv8fQhJPgA9BbmEy73Ft4R7P3aFAgc8vTi+ef29wbr+vANERjoBusE9ffoDOMF8vTj/wEfNhwpEPEb8hXzJi4ADgvo7fPw6Qft0g3r8wvs6/kD2gD3GQ8A/QAC4SjyD/ETK+8CHPUlDBMg5f/xEP3g+Bsc9xcDBiEZAAEF5O4V9/n72vLMDvL7J+vnIfIN+Ar/7hoF3QIfDu8L" },
        { "Server: github | Tool: create_pull_request | Description: Opens a pull request.", "4+DcCQfp6QQPEfsB/PYhGgoMIQMJFgQMCtzsEvkPDvbaGAs1AgwCBR3rB//O+vXl9vDj3AcGB+n1/QoIC/j5Cf0B7RYU0QDuy+X09PQd6fXzCQsw3CooLB8O9vrsEPv8/uP6CQYKF9b7AAMUAhro/f/0/ggV/vILL/roA/AF8QAtFQ4M+fQF4fQBDRj+FOns/wgbFeb95x8c7/AM7vAd8wb0C9z8AgDzKfHb9iTx8uM28Rf+IgQH9/MRAhfp/w/jA/XuFwAV4Abt9vf59f0//ADt+QYFKvTw/fHnB+cK+wAF1PUXDwTcBQ0jFAvzAxrw8/r8AewQEfj+/RUBDtL19tYK7hMIJP4TFADq+ecJBgXf6gcIFfMFBQUdAvYCAtAJ7ub89eQQCvT67CMA+dL2HP8fBvsJ7NsTD+3v7RQS8AALDRYEBRb6AwL9+/sDKP3zGyQR4+H4J/v98AUdz/oZBv33DCrF8xUBAxwDBNsOCNvzz/zs8Cb3Igr8C+/5CQ0H" },
        { "what's the weather like in Los Angeles tomorrow?", "DO8nGvv3+OjuAgjvCgUM/g7G5xjzENAcBfnwBO4B6xT79wDkFdz4IPf6C/QAAOcOLw3/FwcG4C7//R4W+hLTKCT74wQJ4OsYGOkK/f/2AO4N4AMa3BAEQBn66Pjf/fIxAurbBwQLAgQF8gL74d7+FAHwDPwlF+vj9/0GCRES9QAf7gIZKeQC+fIBCO3gBRMQ+wHcGuL78AX2ASH29f7yESoYJwfvDxcMJQT+5AUIGfsI+v4N6f/xIQnu+A/8LwLN8e78CvX3H/UQBBQgBO0PFPAZCfwD5vUMBPnp9SD39gAM+PQR/vQDMRMB7A4V5CMCHvzxA+b++hsCBQkT2+7v7/YV8yQc5RPh6eIz+gr89ev/CRz21h4F5f3xzPn38PMX9ecF4v0NEPrjAQH1CgwIFNkI5fIIAPv2GBjuId0A+QAPCu757uUFDgoSGQb6BPLt9gXy8gUN6A4pAe8WAi/iA+bQ690MBAr6E/7T+Q7bBgXxBQT/Ch4k7fEBFwcBCuEV" },
    };

    public void Dispose() => _generator.Dispose();

    [Theory]
    [MemberData(nameof(References))]
    public void Encode_IsCloseToTheModelInFullPrecision(string text, string reference)
    {
        double[] expected = [.. Convert.FromBase64String(reference).Select(value => (sbyte)value / ReferenceSteps)];
        float[] vector = _generator.Encode(text);

        double length = Math.Sqrt(expected.Sum(value => value * value));
        (vector.Zip(expected, (own, other) => own * other).Sum() / length).Should().BeGreaterThan(0.99);
        vector.Sum(value => (double)value * value).Should().BeApproximately(1, 1e-5);
    }

    [Fact]
    public void Encode_IsTheSameToTheBitOnEveryProcessor()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string text in References.Select(row => (string)row[0]).Append("").Append(new string('x', 3_000)).Append(string.Concat(Enumerable.Repeat("many words ", 400))))
        {
            hash.AppendData(MemoryMarshal.AsBytes<float>(_generator.Encode(text)));
        }

        Convert.ToHexStringLower(hash.GetHashAndReset()).Should().StartWith(DigestOfProbes);
    }

    [Fact]
    public async Task GenerateAsync_AVectorDependsOnItsTextAlone()
    {
        string[] texts = ["open a ticket", "", "a far longer text, with signs; and ümläuts", "open a ticket"];

        GeneratedEmbeddings<Embedding<float>> together = await _generator.GenerateAsync(texts);

        together.Select(embedding => embedding.Vector.ToArray()).Zip(texts).Should().OnlyContain(pair => pair.First.SequenceEqual(_generator.Encode(pair.Second)));
        together[0].ModelId.Should().StartWith("all-MiniLM-L6-v2-int8@");
    }

    [Fact]
    public async Task Encode_FromManyThreads_IsTheSame()
    {
        float[] expected = _generator.Encode("turn off the lights");

        float[][] vectors = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => _generator.Encode("turn off the lights"))));

        vectors.Should().OnlyContain(vector => vector.SequenceEqual(expected));
    }

    [Theory]
    [InlineData("Hello, world!", "[CLS] hello , world ! [SEP]")]
    [InlineData("create_pull_request", "[CLS] create _ pull _ request [SEP]")]
    [InlineData("unaffable café", "[CLS] una ##ffa ##ble cafe [SEP]")]
    [InlineData("日本 x", "[CLS] 日 本 x [SEP]")]
    [InlineData("\u0000\uFFFD \t\n", "[CLS] [SEP]")]
    [InlineData("\uD800 a", "[CLS] a [SEP]")]
    [InlineData("😀", "[CLS] [UNK] [SEP]")]
    public void Tokenize_Cases(string text, string expected)
    {
        int[] ids = new int[MiniLmModel.MaxTokens];

        int count = new MiniLmTokenizer(MiniLmModel.Shared.Vocabulary).Tokenize(text, ids);

        string.Join(' ', ids.Take(count).Select(id => MiniLmModel.Shared.Vocabulary[id])).Should().Be(expected);
    }

    [Fact]
    public void Tokenize_AnyText_StaysWithinItsRoom()
    {
        Random random = new(7);
        MiniLmTokenizer tokenizer = new(MiniLmModel.Shared.Vocabulary);
        for (int i = 0; i < 500; i++)
        {
            char[] text = new char[random.Next(0, 2_000)];
            for (int c = 0; c < text.Length; c++)
            {
                text[c] = random.Next(4) switch
                {
                    0 => (char)random.Next(0x20, 0x7F),
                    1 => ' ',
                    2 => (char)random.Next(0, 0x10000),
                    _ => (char)random.Next('a', 'z' + 1),
                };
            }

            int[] ids = new int[random.Next(2, MiniLmModel.MaxTokens + 1)];
            int count = tokenizer.Tokenize(text, ids);

            count.Should().BeInRange(2, ids.Length);
            ids.Take(count).Should().OnlyContain(id => id >= 0 && id < MiniLmModel.Words);
            MiniLmModel.Shared.Vocabulary[ids[0]].Should().Be("[CLS]");
            MiniLmModel.Shared.Vocabulary[ids[count - 1]].Should().Be("[SEP]");
        }
    }

    [Fact]
    public async Task GenerateAsync_OtherDimensions_AreRefusedWithTheLegalNumber()
    {
        Func<Task> ask = () => _generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { Dimensions = 128 });

        (await ask.Should().ThrowAsync<ArgumentOutOfRangeException>()).WithMessage("*384 dimensions*").Which.ActualValue.Should().Be(128);
    }

    [Fact]
    public async Task GenerateAsync_Cancelled_Stops()
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();

        Func<Task> ask = () => _generator.GenerateAsync(["a"], cancellationToken: stop.Token);

        await ask.Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AddMiniLmEncoder_BesideTheOptimizer_IsTheHostsGenerator(bool before)
    {
        ServiceCollection services = new();
        services.AddLogging();
        _ = before ? services.AddMiniLmEncoder().AddMcpOptimizer() : services.AddMcpOptimizer().AddMiniLmEncoder();

        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetServices<IEmbeddingGenerator<string, Embedding<float>>>().Last().Should().BeOfType<MiniLmEmbeddingGenerator>();
    }
}
