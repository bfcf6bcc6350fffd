using System.Numerics.Tensors;

namespace EncoderTraining.Training;

/// <summary>A sparse matrix by rows, refilled for every batch.</summary>
internal sealed class SparseRows
{
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];
    private readonly List<int> _starts = [0];

    public int Rows => _starts.Count - 1;

    public void Clear()
    {
        _columns.Clear();
        _values.Clear();
        _starts.Clear();
        _starts.Add(0);
    }

    public void Add(int column, float value)
    {
        _columns.Add(column);
        _values.Add(value);
    }

    public void EndRow() => _starts.Add(_columns.Count);

    /// <summary>target[r] = sum of value × source[column], rows of <paramref name="width"/>.</summary>
    public void Multiply(float[] source, float[] target, int width, ParallelOptions threads) =>
        Parallel.For(0, (Rows + 63) / 64, threads, block =>
        {
            for (int row = block * 64; row < Math.Min(Rows, (block + 1) * 64); row++)
            {
                Span<float> sum = target.AsSpan(row * width, width);
                sum.Clear();
                for (int i = _starts[row]; i < _starts[row + 1]; i++)
                {
                    TensorPrimitives.MultiplyAdd(source.AsSpan(_columns[i] * width, width), _values[i], sum, sum);
                }
            }
        });

    /// <summary>The transpose, with <paramref name="columns"/> rows.</summary>
    public SparseRows Transpose(int columns)
    {
        int[] counts = new int[columns + 1];
        foreach (int column in _columns)
        {
            counts[column + 1]++;
        }

        for (int i = 0; i < columns; i++)
        {
            counts[i + 1] += counts[i];
        }

        SparseRows result = new();
        result._starts.Clear();
        result._starts.AddRange(counts);
        int[] transposedColumns = new int[_columns.Count];
        float[] transposedValues = new float[_columns.Count];
        int[] next = [.. counts];
        for (int row = 0; row < Rows; row++)
        {
            for (int i = _starts[row]; i < _starts[row + 1]; i++)
            {
                int at = next[_columns[i]]++;
                transposedColumns[at] = row;
                transposedValues[at] = _values[i];
            }
        }

        result._columns.AddRange(transposedColumns);
        result._values.AddRange(transposedValues);
        return result;
    }
}
