using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace McpOptimizer.Encoder.MiniLM;

/// <summary>
/// The weights. They stay where the loader has put the assembly's resources, shared by all processes that run it, and are never copied.
/// </summary>
/// <remarks>
/// File, little-endian: "MCPMLM1" and 0; the SHA-256 of what follows the header of 64 bytes; then the vocabulary (int32 length, UTF-8, a piece per line) and,
/// each beginning at a multiple of 64: the word vectors (scales, codes), the position vectors with that of the text kind, and norms (gain, bias) and
/// matrices (scales, bias, codes) in the order of their use. Codes of a matrix are blocks of eight outputs by four inputs.
/// </remarks>
internal sealed unsafe class MiniLmModel
{
    public const int Layers = 6;
    public const int Hidden = 384;
    public const int Heads = 12;
    public const int Inner = 1536;
    public const int Words = 30522;
    public const int MaxTokens = 256;

    private const int HeaderLength = 64;
    private const int Alignment = 64;
    private const string ResourceName = "McpOptimizer.Encoder.MiniLM.weights.bin";
    private static readonly Lazy<MiniLmModel> Loaded = new(Load);

    // Keeps the memory where it is for as long as the process lives.
    private readonly UnmanagedMemoryStream _stream;
    private readonly byte* _start;
    private readonly long _length;
    private long _at = HeaderLength;

    private MiniLmModel(UnmanagedMemoryStream stream)
    {
        _stream = stream;
        _start = stream.PositionPointer;
        _length = stream.Length;
        ReadOnlySpan<byte> header = new(_start, HeaderLength);
        if (_length < HeaderLength || !header.StartsWith("MCPMLM1\0"u8))
        {
            throw new InvalidOperationException($"The package's weights are damaged: {_length} bytes.");
        }

        Digest = Convert.ToHexStringLower(header.Slice(8, 4));
        int vocabulary = MemoryMarshal.Read<int>(new ReadOnlySpan<byte>(Take(sizeof(int)), sizeof(int)));
        Vocabulary = Encoding.UTF8.GetString(Take(vocabulary), vocabulary).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        WordScales = TakeFloats(Words);
        WordCodes = (sbyte*)TakeAligned((long)Words * Hidden);
        PositionVectors = TakeFloats(MaxTokens * Hidden);
        EmbeddingNorm = TakeNorm();
        Blocks = new MiniLmBlock[Layers];
        for (int i = 0; i < Layers; i++)
        {
            Blocks[i] = new MiniLmBlock
            {
                QueryKeyValue = TakeMatrix(Hidden, 3 * Hidden),
                Attention = TakeMatrix(Hidden, Hidden),
                AttentionNorm = TakeNorm(),
                Widening = TakeMatrix(Hidden, Inner),
                Narrowing = TakeMatrix(Inner, Hidden),
                OutputNorm = TakeNorm(),
            };
        }
    }

    /// <summary>The weights of this package; read on first use, safe for any number of threads.</summary>
    public static MiniLmModel Shared => Loaded.Value;

    /// <summary>The first bytes of the weights' digest: part of the model's identity.</summary>
    public string Digest { get; }

    /// <summary>Pieces of words; the place of a piece is its id.</summary>
    public string[] Vocabulary { get; }

    /// <summary>What one step of a word's codes is worth.</summary>
    public float[] WordScales { get; }

    /// <summary>Vectors of the pieces, one after the other.</summary>
    public sbyte* WordCodes { get; }

    /// <summary>Vectors of the places in a text.</summary>
    public float[] PositionVectors { get; }

    /// <summary>Norm of a piece and its place together.</summary>
    public MiniLmNorm EmbeddingNorm { get; }

    /// <summary>The layers, in order.</summary>
    public MiniLmBlock[] Blocks { get; }

    private static MiniLmModel Load()
    {
        Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The package lacks its weights '{ResourceName}'.");
        return new MiniLmModel(stream as UnmanagedMemoryStream ?? Copy(stream));
    }

    // A loader that does not map files hands out another kind of stream.
    private static UnmanagedMemoryStream Copy(Stream stream)
    {
        byte* memory = (byte*)NativeMemory.AlignedAlloc((nuint)stream.Length, Alignment);
        stream.ReadExactly(new Span<byte>(memory, checked((int)stream.Length)));
        stream.Dispose();
        return new UnmanagedMemoryStream(memory, stream.Length);
    }

    private MiniLmNorm TakeNorm() => new(TakeFloats(Hidden), TakeFloats(Hidden));

    private MiniLmMatrix TakeMatrix(int inputs, int outputs)
    {
        float[] scales = TakeFloats(outputs);
        float[] bias = TakeFloats(outputs);
        return new MiniLmMatrix(inputs, outputs, scales, bias, (sbyte*)TakeAligned((long)inputs * outputs));
    }

    private float[] TakeFloats(int count) => MemoryMarshal.Cast<byte, float>(new ReadOnlySpan<byte>(TakeAligned((long)count * sizeof(float)), count * sizeof(float))).ToArray();

    private byte* TakeAligned(long length)
    {
        _at = (_at + Alignment - 1) / Alignment * Alignment;
        return Take(length);
    }

    private byte* Take(long length)
    {
        byte* taken = _start + _at;
        _at += length;
        return _at <= _length ? taken : throw new InvalidOperationException($"The package's weights are damaged: {_length} bytes.");
    }
}
