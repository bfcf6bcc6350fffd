using System.Runtime.InteropServices;
using System.Text;

namespace MiniLmWeights;

/// <summary>
/// The constants of an ONNX graph by name. Weights of a matrix product have numbers for names; they go by the bias that is added to the product, which
/// has a name that tells.
/// </summary>
internal sealed class OnnxGraph
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    private readonly Dictionary<string, float[]> _constants = new(StringComparer.Ordinal);

    private OnnxGraph()
    {
    }

    /// <summary>The constant of a name, row by row as ONNX has it: inputs first, then outputs.</summary>
    /// <exception cref="InvalidDataException">There is none, or it has another size.</exception>
    public float[] Constant(string name, int length) =>
        _constants.TryGetValue(name, out float[]? values) && values.Length == length ? values
            : throw new InvalidDataException($"The model has no constant '{name}' of {length} numbers.");

    /// <summary>Reads the parts of a model that count.</summary>
    public static OnnxGraph Read(byte[] model)
    {
        OnnxGraph graph = new();
        List<(string Operator, List<string> Inputs, string Output)> nodes = [];
        foreach ((int field, ReadOnlyMemory<byte> value) in Fields(model).Where(field => field.Number == 7).SelectMany(field => Fields(field.Value)))
        {
            if (field == 1)
            {
                nodes.Add(ReadNode(value));
            }
            else if (field == 5)
            {
                graph.ReadConstant(value);
            }
        }

        Dictionary<string, string> weightOf = nodes.Where(node => node.Operator == "MatMul" && graph._constants.ContainsKey(node.Inputs[1]))
            .ToDictionary(node => node.Output, node => node.Inputs[1], StringComparer.Ordinal);
        foreach ((string _, List<string> inputs, string _) in nodes.Where(node => node.Operator == "Add"))
        {
            string? product = inputs.Find(weightOf.ContainsKey);
            string? bias = inputs.Find(input => input.EndsWith(".bias", StringComparison.Ordinal));
            if (product is not null && bias is not null)
            {
                graph._constants[bias[..^".bias".Length] + ".weight"] = graph._constants[weightOf[product]];
            }
        }

        return graph;
    }

    private void ReadConstant(ReadOnlyMemory<byte> tensor)
    {
        string name = "";
        ReadOnlyMemory<byte> raw = default;
        foreach ((int field, ReadOnlyMemory<byte> value) in Fields(tensor))
        {
            name = field == 8 ? Encoding.UTF8.GetString(value.Span) : name;
            raw = field == 9 ? value : raw;
        }

        _constants[name] = MemoryMarshal.Cast<byte, float>(raw.Span[..(raw.Length / sizeof(float) * sizeof(float))]).ToArray();
    }

    private static (string Operator, List<string> Inputs, string Output) ReadNode(ReadOnlyMemory<byte> node)
    {
        string kind = "";
        string output = "";
        List<string> inputs = [];
        foreach ((int field, ReadOnlyMemory<byte> value) in Fields(node).Where(field => field.Number is 1 or 2 or 4))
        {
            string text = Encoding.UTF8.GetString(value.Span);
            switch (field)
            {
                case 1:
                    inputs.Add(text);
                    break;
                case 2:
                    output = text;
                    break;
                default:
                    kind = text;
                    break;
            }
        }

        return (kind, inputs, output);
    }

    // The fields of a protocol buffer message that have bytes; numbers are passed over.
    private static IEnumerable<(int Number, ReadOnlyMemory<byte> Value)> Fields(ReadOnlyMemory<byte> message)
    {
        int at = 0;
        while (at < message.Length)
        {
            ulong key = ReadVarint(message.Span, ref at);
            int length = 0;
            switch ((int)(key & 7))
            {
                case Varint:
                    ReadVarint(message.Span, ref at);
                    continue;
                case Fixed64:
                    at += sizeof(long);
                    continue;
                case Fixed32:
                    at += sizeof(int);
                    continue;
                case Bytes:
                    length = checked((int)ReadVarint(message.Span, ref at));
                    break;
                default:
                    throw new InvalidDataException("The model is no ONNX file.");
            }

            yield return ((int)(key >> 3), message.Slice(at, length));
            at += length;
        }
    }

    private static ulong ReadVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
