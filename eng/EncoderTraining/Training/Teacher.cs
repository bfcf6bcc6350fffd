using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using McpOptimizer.Encoder.MiniLM;

namespace EncoderTraining.Training;

/// <summary>
/// A transformer that tells how like two texts are, so that the table need not call all of a batch opposites. Each text is read once; its vector is kept as
/// bytes in a file that later runs go on with.
/// </summary>
internal sealed class Teacher(string file, int threads)
{
    /// <summary>Components of a vector.</summary>
    public const int Width = MiniLmEmbeddingGenerator.Dimensions;

    private const int Report = 4096;
    private const int KeyBytes = 16;
    private const float Levels = 127;
    private readonly List<float[]> _vectors = [];
    private int[] _rows = [];

    /// <summary>Reads some of the texts.</summary>
    public void Read(IReadOnlyList<string> texts, int[] chosen, TextWriter log)
    {
        Dictionary<Int128, float[]> known = Load();
        Stopwatch watch = Stopwatch.StartNew();
        int[] missing = [.. chosen.Where(text => !known.ContainsKey(Key(texts[text])))];
        log.WriteLine($"teacher: {chosen.Length} texts, {missing.Length} to be read");
        using MiniLmEmbeddingGenerator generator = new();
        foreach (int[] portion in missing.Chunk(Report))
        {
            sbyte[][] read = new sbyte[portion.Length][];
            Parallel.For(0, portion.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => read[i] = Pack(generator.Encode(texts[portion[i]])));
            using FileStream stream = new(file, FileMode.Append);
            for (int i = 0; i < portion.Length; i++)
            {
                Int128 key = Key(texts[portion[i]]);
                known[key] = Unpack(read[i]);
                stream.Write(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in key, 1)));
                stream.Write(MemoryMarshal.AsBytes(read[i].AsSpan()));
            }

            log.WriteLine($"teacher: {known.Count} vectors {watch.Elapsed.TotalSeconds:F0} s");
            log.Flush();
        }

        _rows = new int[texts.Count];
        Array.Fill(_rows, -1);
        foreach (int text in chosen)
        {
            _rows[text] = _vectors.Count;
            _vectors.Add(known[Key(texts[text])]);
        }
    }

    /// <summary>Whether a text was read.</summary>
    public bool Knows(int text) => _rows[text] >= 0;

    /// <summary>The unit vector of a text that was read.</summary>
    public ReadOnlySpan<float> Vector(int text) => _vectors[_rows[text]];

    private static Int128 Key(string text) => MemoryMarshal.Read<Int128>(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static sbyte[] Pack(float[] vector)
    {
        // The length does not matter: it is taken out again.
        float scale = Levels / MathF.Abs(TensorPrimitives.MaxMagnitude(vector.AsSpan()));
        return [.. vector.Select(value => (sbyte)MathF.Round(value * scale))];
    }

    private static float[] Unpack(sbyte[] packed)
    {
        float[] vector = [.. packed.Select(value => (float)value)];
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    private Dictionary<Int128, float[]> Load()
    {
        Dictionary<Int128, float[]> known = [];
        byte[] bytes = File.Exists(file) ? File.ReadAllBytes(file) : [];
        for (int at = 0; at + KeyBytes + Width <= bytes.Length; at += KeyBytes + Width)
        {
            known[MemoryMarshal.Read<Int128>(bytes.AsSpan(at))] = Unpack(MemoryMarshal.Cast<byte, sbyte>(bytes.AsSpan(at + KeyBytes, Width)).ToArray());
        }

        return known;
    }
}
