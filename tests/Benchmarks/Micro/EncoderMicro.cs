using System.Text;
using BenchmarkDotNet.Attributes;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Tokens;

namespace Benchmarks.Micro;

/// <summary>One text into a vector, and the tokens of one definition.</summary>
public class EncoderMicro : IDisposable
{
    private const string Tool =
        "Server: github | Tool: create_pull_request | Description: Opens a pull request from a branch of this repository or of a fork, with a title and a body, and asks the named people for a review.";

    private static readonly byte[] Definition = Encoding.UTF8.GetBytes(
        """{"name":"create_pull_request","description":"Opens a pull request.","inputSchema":{"type":"object","properties":{"title":{"type":"string"},"head":{"type":"string"},"base":{"type":"string","default":"main"}},"required":["title","head"]}}""");

    private readonly BuiltInEmbeddingGenerator _encoder = new();
    private readonly EstimatingTokenCounter _counter = new();
    private readonly float[] _vector;

    /// <summary>Reads the table.</summary>
    public EncoderMicro() => _vector = new float[_encoder.Metadata.DefaultModelDimensions!.Value];

    /// <summary>A request of seven words.</summary>
    [Benchmark]
    public void Request() => _encoder.Encode("will I need an umbrella in Lisbon", _vector);

    /// <summary>The text a tool is indexed with.</summary>
    [Benchmark]
    public void ToolText() => _encoder.Encode(Tool, _vector);

    /// <summary>Tokens of a definition of 230 bytes.</summary>
    [Benchmark]
    public int Tokens() => _counter.Count(Definition);

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        GC.SuppressFinalize(this);
    }
}
