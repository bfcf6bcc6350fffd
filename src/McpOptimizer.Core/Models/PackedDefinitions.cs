using System.Buffers;
using System.Buffers.Binary;

namespace McpOptimizer.Core.Models;

/// <summary>
/// The definitions of one server's tools, each written as what it has in common with the first and with itself: they are most of what a catalogue takes in
/// memory, they are alike, and few of them are ever read. What is packed can be read in any order.
/// </summary>
/// <remarks>
/// A definition is its length and then sequences of literal bytes and copies of what stood before: a byte with both counts (15 goes on in further bytes),
/// the literals, and two bytes that say how far back the copy begins. The first definition stands before every other.
/// </remarks>
internal sealed class PackedDefinitions
{
    private const int HashBits = 12;
    private const int ShortestCopy = 4;
    private const int FarthestCopy = ushort.MaxValue;
    private const int MostInHead = 15;
    private const int LongestDictionary = 16 * 1024;

    private readonly byte[] _packed;
    private readonly int[] _starts;

    /// <summary>Packs definitions.</summary>
    public PackedDefinitions(IReadOnlyList<ReadOnlyMemory<byte>> definitions)
    {
        ArrayBufferWriter<byte> packed = new(Math.Max(definitions.Sum(definition => definition.Length) / 2, 256));
        _starts = new int[definitions.Count + 1];
        ReadOnlySpan<byte> dictionary = default;
        int[] places = ArrayPool<int>.Shared.Rent(2 << HashBits);
        Span<int> known = places.AsSpan(0, 1 << HashBits);
        Span<int> seen = places.AsSpan(1 << HashBits, 1 << HashBits);
        known.Clear();
        for (int at = 0; at < definitions.Count; at++)
        {
            ReadOnlySpan<byte> definition = definitions[at].Span;
            if (at == 0)
            {
                packed.Write(definition);
                dictionary = DictionaryOf(definition);
                Learn(dictionary, known);
            }
            else
            {
                known.CopyTo(seen);
                byte[] window = ArrayPool<byte>.Shared.Rent(dictionary.Length + definition.Length);
                dictionary.CopyTo(window);
                definition.CopyTo(window.AsSpan(dictionary.Length));
                WriteCount(packed, definition.Length);
                Pack(window.AsSpan(0, dictionary.Length + definition.Length), dictionary.Length, seen, packed);
                ArrayPool<byte>.Shared.Return(window);
            }

            _starts[at + 1] = packed.WrittenCount;
        }

        ArrayPool<int>.Shared.Return(places);
        _packed = packed.WrittenSpan.ToArray();
    }

    /// <summary>The definition at a place, unpacked.</summary>
    public ReadOnlyMemory<byte> Read(int at)
    {
        if (at == 0)
        {
            return _packed.AsMemory(0, _starts[1]);
        }

        ReadOnlySpan<byte> dictionary = DictionaryOf(_packed.AsSpan(0, _starts[1]));
        ReadOnlySpan<byte> packed = _packed.AsSpan(_starts[at], _starts[at + 1] - _starts[at]);
        byte[] definition = new byte[ReadCount(ref packed)];
        for (int length = 0; !packed.IsEmpty;)
        {
            byte head = packed[0];
            packed = packed[1..];
            int literals = head >> 4;
            literals += literals == MostInHead ? ReadCount(ref packed) : 0;
            packed[..literals].CopyTo(definition.AsSpan(length));
            length += literals;
            packed = packed[literals..];
            if (packed.IsEmpty)
            {
                break;
            }

            int copied = head & MostInHead;
            int back = BinaryPrimitives.ReadUInt16LittleEndian(packed);
            packed = packed[2..];
            copied += ShortestCopy + (copied == MostInHead ? ReadCount(ref packed) : 0);

            // Byte by byte: a copy may run into what it writes itself.
            for (int from = length - back; copied > 0; copied--, from++)
            {
                definition[length++] = from < 0 ? dictionary[dictionary.Length + from] : definition[from];
            }
        }

        return definition;
    }

    // The end of a long first definition would be out of reach for others.
    private static ReadOnlySpan<byte> DictionaryOf(ReadOnlySpan<byte> first) => first[..Math.Min(first.Length, LongestDictionary)];

    private static void Learn(ReadOnlySpan<byte> dictionary, Span<int> places)
    {
        for (int at = 0; at + ShortestCopy <= dictionary.Length; at++)
        {
            places[Hash(BinaryPrimitives.ReadUInt32LittleEndian(dictionary[at..]))] = at + 1;
        }
    }

    private static void Pack(ReadOnlySpan<byte> window, int start, Span<int> places, ArrayBufferWriter<byte> packed)
    {
        int written = start;
        int at = start;
        while (at + ShortestCopy <= window.Length)
        {
            uint next = BinaryPrimitives.ReadUInt32LittleEndian(window[at..]);
            ref int place = ref places[Hash(next)];
            int before = place - 1;
            place = at + 1;
            if (before < 0 || at - before > FarthestCopy || BinaryPrimitives.ReadUInt32LittleEndian(window[before..]) != next)
            {
                at++;
                continue;
            }

            int length = ShortestCopy + window[(at + ShortestCopy)..].CommonPrefixLength(window[(before + ShortestCopy)..]);
            WriteSequence(packed, window[written..at], length, at - before);
            at += length;
            written = at;
        }

        WriteSequence(packed, window[written..], 0, 0);
    }

    private static void WriteSequence(ArrayBufferWriter<byte> packed, ReadOnlySpan<byte> literals, int copied, int back)
    {
        int more = copied - ShortestCopy;
        Span<byte> head = [(byte)((Math.Min(literals.Length, MostInHead) << 4) | Math.Clamp(more, 0, MostInHead))];
        packed.Write(head);
        if (literals.Length >= MostInHead)
        {
            WriteCount(packed, literals.Length - MostInHead);
        }

        packed.Write(literals);
        if (copied == 0)
        {
            return;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(packed.GetSpan(2), (ushort)back);
        packed.Advance(2);
        if (more >= MostInHead)
        {
            WriteCount(packed, more - MostInHead);
        }
    }

    private static int Hash(uint bytes) => (int)(bytes * 2_654_435_761 >> (32 - HashBits));

    // Seven bits a byte, the lowest first.
    private static void WriteCount(ArrayBufferWriter<byte> packed, int count)
    {
        for (; count > 0x7F; count >>= 7)
        {
            packed.Write([(byte)(count | 0x80)]);
        }

        packed.Write([(byte)count]);
    }

    private static int ReadCount(ref ReadOnlySpan<byte> packed)
    {
        int count = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = packed[0];
            packed = packed[1..];
            count |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return count;
            }
        }
    }
}
