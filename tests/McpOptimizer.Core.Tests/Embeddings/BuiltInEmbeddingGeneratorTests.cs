using System.Numerics.Tensors;
using McpOptimizer.Core.Services.Embeddings;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Tests.Embeddings;

public sealed class BuiltInEmbeddingGeneratorTests : IDisposable
{
    private const int MaxResource = 10_000_000;

    private static readonly string[] Tools =
    [
        "Server: weather | Tool: get_forecast | Description: Get the weather forecast for a location.",
        "Server: github | Tool: create_issue | Description: Create a new issue in a repository.",
        "Server: mail | Tool: send_email | Description: Send an email message to recipients.",
        "Server: maps | Tool: get_directions | Description: Get directions between two places.",
        "Server: bank | Tool: list_transactions | Description: List transactions of an account.",
        "Server: home | Tool: turn_off_light | Description: Turn a light off.",
    ];

    private readonly BuiltInEmbeddingGenerator _generator = new();

    public void Dispose() => _generator.Dispose();

    [Fact]
    public void Metadata_Always_NamesTableAndDimensions()
    {
        _generator.Metadata.DefaultModelId.Should().MatchRegex("^builtin-[^-]+-[0-9]+-[0-9a-f]{12}$");
        _generator.GetService(typeof(EmbeddingGeneratorMetadata)).Should().BeSameAs(_generator.Metadata);
        _generator.GetService(typeof(BuiltInEmbeddingGenerator)).Should().BeSameAs(_generator);
        _generator.GetService(typeof(string)).Should().BeNull();
    }

    [Fact]
    public void Resource_Always_FitsThePackage() => _generator.ResourceSize.Should().BeLessThanOrEqualTo(MaxResource);

    [Theory]
    [InlineData("will I need an umbrella tomorrow", 0)]
    [InlineData("report a bug about the login page", 1)]
    [InlineData("drop my landlord a line about the rent", 2)]
    [InlineData("how do I get to the airport", 3)]
    [InlineData("where did my money go last month", 4)]
    [InlineData("it is too bright in the bedroom", 5)]
    public void Encode_PersonsWords_AreNearestToTheToolTheyMean(string request, int tool)
    {
        float[] vector = _generator.Encode(request);

        float[] similarities = [.. Tools.Select(text => TensorPrimitives.Dot<float>(vector, _generator.Encode(text)))];

        similarities.Should().HaveElementAt(tool, similarities.Max());
    }

    [Fact]
    public async Task GenerateAsync_ManyThreads_GiveTheSameBits()
    {
        string[] texts = [.. Tools, "", "zzqxk", "Ünïcode 漢字", new string('x', 10_000)];
        GeneratedEmbeddings<Embedding<float>>[] runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _generator.GenerateAsync(texts))));

        foreach (GeneratedEmbeddings<Embedding<float>> run in runs)
        {
            run.Should().HaveCount(texts.Length);
            run.Select(vector => Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes(vector.Vector.Span)))
                .Should().Equal(runs[0].Select(vector => Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes(vector.Vector.Span))));
        }
    }

    [Fact]
    public async Task GenerateAsync_AnyText_IsOfUnitLengthOrZero()
    {
        GeneratedEmbeddings<Embedding<float>> vectors = await _generator.GenerateAsync([.. Tools, ""]);

        vectors.SkipLast(1).Should().OnlyContain(vector => MathF.Abs(Norm(vector) - 1) < 1e-5f);
        vectors[^1].Vector.ToArray().Should().OnlyContain(value => value == 0);
    }

    [Fact]
    public async Task GenerateAsync_OtherDimensions_AreRefused()
    {
        Func<Task> act = () => _generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { Dimensions = 7 });

        await act.Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task GenerateAsync_Cancelled_Stops()
    {
        Func<Task> act = () => _generator.GenerateAsync(["a"], cancellationToken: new CancellationToken(canceled: true));

        await act.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Encode_TargetOfOtherLength_IsRefused()
    {
        Action act = () => _generator.Encode("a", new float[3]);

        act.Should().Throw<ArgumentException>().WithMessage("*3 places*");
    }

    private static float Norm(Embedding<float> vector) => TensorPrimitives.Norm(vector.Vector.Span);
}
