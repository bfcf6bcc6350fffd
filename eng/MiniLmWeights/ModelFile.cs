using System.Security.Cryptography;
using System.Text;

namespace MiniLmWeights;

/// <summary>
/// Writes the file that McpOptimizer.Encoder.MiniLM reads: see <c>MiniLmModel</c> there. Matrices have one scale per output, word vectors one per word;
/// the rest stays in full precision.
/// </summary>
internal static class ModelFile
{
    private const int Layers = 6;
    private const int Hidden = 384;
    private const int Inner = 1536;
    private const int Words = 30522;
    private const int Positions = 256;
    private const int Alignment = 64;
    private const int Steps = 127;
    private const int OutputsPerBlock = 8;
    private const int InputsPerBlock = 4;

    /// <summary>The file of a model.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="vocabulary">A piece of a word per line, in the order of the word vectors.</param>
    public static byte[] Write(OnnxGraph graph, byte[] vocabulary)
    {
        using MemoryStream body = new();
        using BinaryWriter writer = new(body, Encoding.UTF8);
        byte[] pieces = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(vocabulary).Replace("\r\n", "\n", StringComparison.Ordinal));
        writer.Write(pieces.Length);
        writer.Write(pieces);
        WriteRows(writer, graph.Constant("embeddings.word_embeddings.weight", Words * Hidden), Words, Hidden);

        // There is one kind of text, so that its vector is the same at every position.
        float[] positions = graph.Constant("embeddings.position_embeddings.weight", 512 * Hidden)[..(Positions * Hidden)];
        float[] kinds = graph.Constant("embeddings.token_type_embeddings.weight", 2 * Hidden);
        WriteFloats(writer, [.. positions.Select((value, i) => value + kinds[i % Hidden])]);
        WriteNorm(writer, graph, "embeddings.LayerNorm");
        for (int layer = 0; layer < Layers; layer++)
        {
            string own = $"encoder.layer.{layer}.";
            string[] parts = ["query", "key", "value"];
            WriteMatrix(
                writer,
                Join([.. parts.Select(part => graph.Constant($"{own}attention.self.{part}.weight", Hidden * Hidden))], Hidden, Hidden),
                [.. parts.SelectMany(part => graph.Constant($"{own}attention.self.{part}.bias", Hidden))],
                Hidden);
            WriteMatrix(writer, graph, own + "attention.output.dense", Hidden, Hidden);
            WriteNorm(writer, graph, own + "attention.output.LayerNorm");
            WriteMatrix(writer, graph, own + "intermediate.dense", Hidden, Inner);
            WriteMatrix(writer, graph, own + "output.dense", Inner, Hidden);
            WriteNorm(writer, graph, own + "output.LayerNorm");
        }

        writer.Flush();
        byte[] content = body.ToArray();
        return [.. "MCPMLM1\0"u8, .. SHA256.HashData(content), .. new byte[Alignment - 40], .. content];
    }

    // Several matrices with the same inputs as one with all their outputs.
    private static float[] Join(float[][] matrices, int inputs, int outputs)
    {
        float[] joined = new float[inputs * outputs * matrices.Length];
        for (int m = 0; m < matrices.Length; m++)
        {
            for (int i = 0; i < inputs; i++)
            {
                matrices[m].AsSpan(i * outputs, outputs).CopyTo(joined.AsSpan((i * outputs * matrices.Length) + (m * outputs)));
            }
        }

        return joined;
    }

    private static void WriteMatrix(BinaryWriter writer, OnnxGraph graph, string name, int inputs, int outputs) =>
        WriteMatrix(writer, graph.Constant(name + ".weight", inputs * outputs), graph.Constant(name + ".bias", outputs), inputs);

    // In blocks of four inputs of eight outputs, as the instruction that multiplies bytes wants them.
    private static void WriteMatrix(BinaryWriter writer, float[] weights, float[] bias, int inputs)
    {
        int outputs = bias.Length;
        float[] scales = new float[outputs];
        sbyte[] codes = new sbyte[weights.Length];
        for (int output = 0; output < outputs; output++)
        {
            float largest = 0;
            for (int input = 0; input < inputs; input++)
            {
                largest = Math.Max(largest, Math.Abs(weights[(input * outputs) + output]));
            }

            scales[output] = largest / Steps;
            for (int input = 0; input < inputs; input++)
            {
                int block = ((output / OutputsPerBlock) * (inputs / InputsPerBlock)) + (input / InputsPerBlock);
                int place = (block * OutputsPerBlock * InputsPerBlock) + (output % OutputsPerBlock * InputsPerBlock) + (input % InputsPerBlock);
                codes[place] = largest == 0 ? (sbyte)0 : (sbyte)MathF.Round(weights[(input * outputs) + output] / scales[output]);
            }
        }

        WriteFloats(writer, scales);
        WriteFloats(writer, bias);
        WriteCodes(writer, codes);
    }

    private static void WriteRows(BinaryWriter writer, float[] values, int rows, int width)
    {
        float[] scales = new float[rows];
        sbyte[] codes = new sbyte[values.Length];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> own = values.AsSpan(row * width, width);
            float largest = 0;
            foreach (float value in own)
            {
                largest = Math.Max(largest, Math.Abs(value));
            }

            scales[row] = largest / Steps;
            for (int i = 0; i < width; i++)
            {
                codes[(row * width) + i] = largest == 0 ? (sbyte)0 : (sbyte)MathF.Round(own[i] / scales[row]);
            }
        }

        WriteFloats(writer, scales);
        WriteCodes(writer, codes);
    }

    private static void WriteNorm(BinaryWriter writer, OnnxGraph graph, string name)
    {
        WriteFloats(writer, graph.Constant(name + ".weight", Hidden));
        WriteFloats(writer, graph.Constant(name + ".bias", Hidden));
    }

    private static void WriteFloats(BinaryWriter writer, float[] values)
    {
        Align(writer);
        foreach (float value in values)
        {
            writer.Write(value);
        }
    }

    private static void WriteCodes(BinaryWriter writer, sbyte[] codes)
    {
        Align(writer);
        foreach (sbyte code in codes)
        {
            writer.Write(code);
        }
    }

    private static void Align(BinaryWriter writer)
    {
        while (writer.BaseStream.Length % Alignment != 0)
        {
            writer.Write((byte)0);
        }
    }
}
