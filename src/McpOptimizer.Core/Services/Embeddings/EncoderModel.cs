using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>
/// The tables of the built-in encoder and the sum over them. A row is 4 bits per dimension and one scale. Sums run dimension by dimension with separate
/// multiply and
/// add in the order of the words, so that a vector is the same to the bit on every processor and in every run.
/// </summary>
/// <remarks>
/// File, little-endian: "MCPENC" and a version byte and 0; the id (length byte, UTF-8); seven int32/float32 of <see cref="EncoderHeader"/>; all words
/// (length byte, UTF-8)
/// in row order; one scale (float16) per row; the rows (dimensions / 2 bytes each: low halves of byte j of a row are dimension j, high halves dimension j
/// + dimensions / 2).
/// Rows: words, then pieces, then pairs.
/// </remarks>
internal sealed class EncoderModel
{
    /// <summary>Words read of a text; the rest is not seen.</summary>
    public const int MaxWords = 256;

    private const byte FormatVersion = 1;
    private const int MinPiece = 3;
    private const int MaxPiece = 5;
    private static readonly byte[] Magic = "MCPENC"u8.ToArray();
    private readonly byte[] _file;
    private readonly int _rowsStart;
    private readonly int _rowBytes;
    private readonly float[] _scales;
    private readonly string[] _words;
    private readonly int[] _slots;

    private EncoderModel(EncoderHeader header, byte[] file, string[] words, float[] scales, int rowsStart)
    {
        Header = header;
        _file = file;
        _words = words;
        _scales = scales;
        _rowsStart = rowsStart;
        _rowBytes = header.Dimensions / 2;
        _slots = Index(words);
    }

    /// <summary>What the file says of itself.</summary>
    public EncoderHeader Header { get; }

    /// <summary>Size of the file in bytes.</summary>
    public int FileSize => _file.Length;

    /// <summary>Reads a model; the array is kept, not copied.</summary>
    /// <exception cref="InvalidDataException">The bytes are no model of this format.</exception>
    public static EncoderModel Read(byte[] file)
    {
        ReadOnlySpan<byte> rest = file;
        if (rest.Length < 64 || !rest.StartsWith(Magic) || rest[Magic.Length] != FormatVersion)
        {
            throw new InvalidDataException($"Not an encoder table of format {FormatVersion}: {file.Length} bytes.");
        }

        rest = rest[(Magic.Length + 2)..];
        EncoderHeader header = new()
        {
            ModelId = TakeText(ref rest),
            Dimensions = TakeInt(ref rest),
            Words = TakeInt(ref rest),
            PieceBuckets = TakeInt(ref rest),
            PairBuckets = TakeInt(ref rest),
            FullWords = TakeInt(ref rest),
            RepeatWeight = BitConverter.Int32BitsToSingle(TakeInt(ref rest)),
        };
        string[] words = new string[header.Words];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = TakeText(ref rest);
        }

        int rows = header.Words + header.PieceBuckets + header.PairBuckets;
        if (header.Dimensions <= 0 || header.Dimensions % 32 != 0 || rest.Length != rows * (2 + (header.Dimensions / 2)))
        {
            throw new InvalidDataException($"The encoder table is cut or damaged: {rows} rows of {header.Dimensions} dimensions in {rest.Length} bytes.");
        }

        float[] scales = new float[rows];
        for (int i = 0; i < rows; i++)
        {
            scales[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(rest[(2 * i)..]);
        }

        return new EncoderModel(header, file, words, scales, file.Length - rest.Length + (2 * rows));
    }

    /// <summary>Writes a model file from full-precision rows.</summary>
    public static byte[] Write(EncoderHeader header, IReadOnlyList<string> words, Func<int, ReadOnlyMemory<float>> row)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write((byte)0);
        WriteText(writer, header.ModelId);
        writer.Write(header.Dimensions);
        writer.Write(header.Words);
        writer.Write(header.PieceBuckets);
        writer.Write(header.PairBuckets);
        writer.Write(header.FullWords);
        writer.Write(header.RepeatWeight);
        foreach (string word in words)
        {
            WriteText(writer, word);
        }

        int rows = header.Words + header.PieceBuckets + header.PairBuckets;
        byte[] packed = new byte[rows * (header.Dimensions / 2)];
        for (int i = 0; i < rows; i++)
        {
            writer.Write(EncoderQuantizer.Pack(row(i).Span, packed.AsSpan(i * (header.Dimensions / 2), header.Dimensions / 2)));
        }

        writer.Write(packed);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>The unit vector of <paramref name="text"/>; all zero when it has no word at all.</summary>
    public void Encode(ReadOnlySpan<char> text, Span<float> vector)
    {
        vector.Clear();
        Span<char> buffer = stackalloc char[EncoderTokenizer.MaxWordLength];
        Span<uint> seen = stackalloc uint[MaxWords];
        EncoderTokenizer tokenizer = new(text, buffer);
        uint previous = 0;
        for (int count = 0; count < MaxWords && tokenizer.TryNext(out ReadOnlySpan<char> word); count++)
        {
            uint hash = EncoderHash.Of(word);
            float weight = count < Header.FullWords ? 1f : (float)Header.FullWords / (count + 1);
            if (seen[..count].Contains(hash))
            {
                weight *= Header.RepeatWeight;
            }

            seen[count] = hash;
            int row = Find(word, hash);
            if (row >= 0)
            {
                AddRow(row, weight, vector);
            }
            else
            {
                AddPieces(word, weight, vector);
            }

            if (Header.PairBuckets > 0 && count > 0)
            {
                AddRow(Header.Words + Header.PieceBuckets + (int)(EncoderHash.OfPair(previous, hash) % (uint)Header.PairBuckets), weight, vector);
            }

            previous = hash;
        }

        Normalize(vector);
    }

    /// <summary>Row of a word, or -1.</summary>
    public int Find(ReadOnlySpan<char> word) => Find(word, EncoderHash.Of(word));

    /// <summary>Calls <paramref name="found"/> with the bucket of each piece of a word, in order.</summary>
    public static int Pieces(ReadOnlySpan<char> word, int buckets, Span<int> found)
    {
        Span<char> marked = stackalloc char[EncoderTokenizer.MaxWordLength + 2];
        word.CopyTo(marked[1..]);
        marked[0] = '<';
        marked[word.Length + 1] = '>';
        marked = marked[..(word.Length + 2)];
        int count = 0;
        for (int size = MinPiece; size <= MaxPiece; size++)
        {
            for (int i = 0; i + size <= marked.Length && count < found.Length; i++)
            {
                found[count++] = (int)(EncoderHash.Of(marked.Slice(i, size)) % (uint)buckets);
            }
        }

        return count;
    }

    private static int[] Index(string[] words)
    {
        int[] slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, words.Length * 2))];
        for (int i = 0; i < words.Length; i++)
        {
            int slot = (int)(EncoderHash.Of(words[i]) & (uint)(slots.Length - 1));
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            slots[slot] = i + 1;
        }

        return slots;
    }

    private int Find(ReadOnlySpan<char> word, uint hash)
    {
        int slot = (int)(hash & (uint)(_slots.Length - 1));
        for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (word.SequenceEqual(_words[_slots[slot] - 1]))
            {
                return _slots[slot] - 1;
            }
        }

        return -1;
    }

    private void AddPieces(ReadOnlySpan<char> word, float weight, Span<float> vector)
    {
        Span<int> buckets = stackalloc int[3 * EncoderTokenizer.MaxWordLength];
        int count = Pieces(word, Header.PieceBuckets, buckets);
        for (int i = 0; i < count; i++)
        {
            AddRow(Header.Words + buckets[i], weight / count, vector);
        }
    }

    private void AddRow(int row, float weight, Span<float> vector)
    {
        float scale = _scales[row] * weight;
        ReadOnlySpan<byte> packed = _file.AsSpan(_rowsStart + (row * _rowBytes), _rowBytes);
        Vector128<float> scales = Vector128.Create(scale);
        ref float low = ref MemoryMarshal.GetReference(vector);
        ref float high = ref vector[_rowBytes];
        for (int i = 0; i < packed.Length; i += 16)
        {
            Vector128<byte> bytes = Vector128.Create(packed.Slice(i, 16));
            Add(EncoderQuantizer.Low(bytes), scales, ref low, i);
            Add(EncoderQuantizer.High(bytes), scales, ref high, i);
        }
    }

    private static void Add(Vector128<sbyte> levels, Vector128<float> scale, ref float target, int offset)
    {
        (Vector128<short> a, Vector128<short> b) = Vector128.Widen(levels);
        (Vector128<int> a0, Vector128<int> a1) = Vector128.Widen(a);
        (Vector128<int> b0, Vector128<int> b1) = Vector128.Widen(b);
        AddFour(a0, scale, ref target, offset);
        AddFour(a1, scale, ref target, offset + 4);
        AddFour(b0, scale, ref target, offset + 8);
        AddFour(b1, scale, ref target, offset + 12);
    }

    private static void AddFour(Vector128<int> levels, Vector128<float> scale, ref float target, int offset)
    {
        Vector128<float> product = Vector128.ConvertToSingle(levels) * scale;
        Vector128<float> sum = Vector128.LoadUnsafe(ref target, (nuint)offset) + product;
        sum.StoreUnsafe(ref target, (nuint)offset);
    }

    private static void Normalize(Span<float> vector)
    {
        double sum = 0;
        foreach (float value in vector)
        {
            sum += (double)value * value;
        }

        if (sum <= 0)
        {
            return;
        }

        float factor = (float)(1 / Math.Sqrt(sum));
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] *= factor;
        }
    }

    private static int TakeInt(ref ReadOnlySpan<byte> rest)
    {
        int value = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[sizeof(int)..];
        return value;
    }

    private static string TakeText(ref ReadOnlySpan<byte> rest)
    {
        string text = Encoding.UTF8.GetString(rest.Slice(1, rest[0]));
        rest = rest[(1 + rest[0])..];
        return text;
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(checked((byte)bytes.Length));
        writer.Write(bytes);
    }
}
