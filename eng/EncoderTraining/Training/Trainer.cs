using System.Diagnostics;
using System.Numerics.Tensors;
using McpOptimizer.Core.Services.Embeddings;

namespace EncoderTraining.Training;

/// <summary>
/// Learns the rows by telling the right document of each query from all others of the batch, and back (a symmetric contrastive loss). A text is the
/// weighted sum of its
/// words, a word its own row plus the mean of its pieces, a pair of neighbours one more row.
/// </summary>
internal sealed class Trainer
{
    private const float SecondMomentDecay = 0.999f;
    private const int Report = 250;
    private readonly TrainingOptions _options;
    private readonly Vocabulary _words;
    private readonly PairSet _pairs;
    private readonly Teacher? _teacher;
    private readonly Random _random;
    private readonly ParallelOptions _threads;
    private readonly int _width;
    private readonly float[] _rows;
    private readonly float[] _moments;
    private readonly int _pieceStart;
    private readonly int _pairStart;

    // Of the batch under way.
    private readonly SparseRows _texts = new();
    private readonly SparseRows _units = new();
    private readonly Dictionary<long, int> _unitIds = [];
    private readonly Dictionary<int, int> _touchedIds = [];
    private readonly List<int> _touched = [];

    public Trainer(TrainingOptions options, Vocabulary words, PairSet pairs, Teacher? teacher = null)
    {
        _teacher = teacher;
        _options = options;
        _words = words;
        _pairs = pairs;
        _random = new Random(options.Seed);
        _threads = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
        _width = options.Dimensions;
        _pieceStart = words.Kept.Length;
        _pairStart = _pieceStart + options.PieceBuckets;
        int rows = _pairStart + options.PairBuckets;
        _rows = new float[rows * _width];
        _moments = new float[rows];
        for (int i = 0; i < _pairStart * _width; i++)
        {
            _rows[i] = Gaussian() * 0.1f;
        }
    }

    public void Run(TextWriter log, Action<int>? checkpoint = null)
    {
        Stopwatch watch = Stopwatch.StartNew();
        double loss = 0;
        for (int step = 0; step < _options.Steps; step++)
        {
            loss += Step(step);
            if ((step + 1) % Report == 0 || step + 1 == _options.Steps)
            {
                log.WriteLine($"step {step + 1} loss {loss / ((step % Report) + 1):F4} {watch.Elapsed.TotalSeconds:F0} s");
                log.Flush();
                loss = 0;
                checkpoint?.Invoke(step + 1);
            }
        }
    }

    /// <summary>The table as a file: a word's row is what the word adds to a text, its pieces folded in.</summary>
    public byte[] Export()
    {
        EncoderHeader header = new()
        {
            ModelId = "",
            Dimensions = _width,
            Words = _words.Kept.Length,
            PieceBuckets = _options.PieceBuckets,
            PairBuckets = _options.PairBuckets,
            FullWords = _options.FullWords,
            RepeatWeight = _options.RepeatWeight,
        };
        string[] words = [.. _words.Kept.Select(id => _words[id])];
        byte[] unnamed = EncoderModel.Write(header, words, ExportedRow);
        string digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(unnamed))[..12];
        return EncoderModel.Write(header with { ModelId = $"builtin-{_options.Version}-{_width}-{digest}" }, words, ExportedRow);
    }

    private ReadOnlyMemory<float> ExportedRow(int row)
    {
        float[] result = _rows.AsSpan(row * _width, _width).ToArray();
        if (row >= _pairStart)
        {
            return result;
        }

        if (row >= _pieceStart)
        {
            TensorPrimitives.Multiply(result, _options.PieceShare, result);
            return result;
        }

        int id = _words.Kept[row];
        int[] pieces = _words.Pieces[id];
        foreach (int piece in pieces)
        {
            TensorPrimitives.MultiplyAdd(_rows.AsSpan((_pieceStart + piece) * _width, _width), _options.PieceShare / pieces.Length, result, result);
        }

        TensorPrimitives.Multiply(result, _words.Weights[id], result);
        return result;
    }

    private double Step(int step)
    {
        int size = _options.Batch;
        int[] batch = _pairs.Draw(_random, size);
        Build(batch);
        int touched = _touched.Count;
        float[] local = new float[touched * _width];
        Parallel.For(0, touched, _threads, i => _rows.AsSpan(_touched[i] * _width, _width).CopyTo(local.AsSpan(i * _width)));
        float[] units = new float[_units.Rows * _width];
        _units.Multiply(local, units, _width, _threads);
        float[] vectors = new float[2 * size * _width];
        _texts.Multiply(units, vectors, _width, _threads);
        float[] norms = Normalize(vectors);
        float[] queries = vectors[..(size * _width)];
        float[] documents = vectors[(size * _width)..];
        (float[] gradient, double loss) = Loss(batch, queries, documents);
        float[] back = Backward(gradient, queries, documents, vectors, norms);
        float[] unitGradient = new float[_units.Rows * _width];
        _texts.Transpose(_units.Rows).Multiply(back, unitGradient, _width, _threads);
        float[] rowGradient = new float[touched * _width];
        _units.Transpose(touched).Multiply(unitGradient, rowGradient, _width, _threads);
        Update(rowGradient, step);
        return loss;
    }

    private void Build(int[] batch)
    {
        _texts.Clear();
        _units.Clear();
        _unitIds.Clear();
        _touchedIds.Clear();
        _touched.Clear();
        foreach (int index in batch)
        {
            (int[] query, int[] document, _, _, _) = _pairs[index];
            if (_random.NextDouble() < _options.OverlapDropout)
            {
                int[] rest = [.. query.Where(word => !document.Contains(word))];
                query = rest.Length == 0 ? query : rest;
            }

            AddText(query);
        }

        foreach (int index in batch)
        {
            AddText(_pairs[index].Document);
        }
    }

    private void AddText(int[] words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            float weight = i < _options.FullWords ? 1f : (float)_options.FullWords / (i + 1);
            weight *= words.AsSpan(0, i).Contains(words[i]) ? _options.RepeatWeight : 1;
            _texts.Add(WordUnit(words[i]), weight);
            if (_options.PairBuckets > 0 && i > 0)
            {
                int bucket = (int)(EncoderHash.OfPair(_words.Hashes[words[i - 1]], _words.Hashes[words[i]]) % (uint)_options.PairBuckets);
                _texts.Add(PairUnit(bucket), weight);
            }
        }

        _texts.EndRow();
    }

    private int WordUnit(int word)
    {
        bool known = _words.Rows[word] >= 0 && _random.NextDouble() >= _options.WordDropout;
        long key = (2L * word) + (known ? 1 : 0);
        if (_unitIds.TryGetValue(key, out int unit))
        {
            return unit;
        }

        unit = _units.Rows;
        _unitIds.Add(key, unit);
        float weight = known ? _words.Weights[word] : 1;
        if (known)
        {
            _units.Add(Touch(_words.Rows[word]), weight);
        }

        int[] pieces = _words.Pieces[word];
        foreach (int piece in pieces)
        {
            _units.Add(Touch(_pieceStart + piece), weight * _options.PieceShare / pieces.Length);
        }

        _units.EndRow();
        return unit;
    }

    private int PairUnit(int bucket)
    {
        long key = -1L - bucket;
        if (!_unitIds.TryGetValue(key, out int unit))
        {
            unit = _units.Rows;
            _unitIds.Add(key, unit);
            _units.Add(Touch(_pairStart + bucket), 1);
            _units.EndRow();
        }

        return unit;
    }

    private int Touch(int row)
    {
        if (!_touchedIds.TryGetValue(row, out int local))
        {
            local = _touched.Count;
            _touchedIds.Add(row, local);
            _touched.Add(row);
        }

        return local;
    }

    private float[] Normalize(float[] vectors)
    {
        float[] norms = new float[vectors.Length / _width];
        Parallel.For(0, norms.Length, _threads, i =>
        {
            Span<float> vector = vectors.AsSpan(i * _width, _width);
            norms[i] = TensorPrimitives.Norm(vector) + 1e-6f;
            TensorPrimitives.Divide(vector, norms[i], vector);
        });
        return norms;
    }

    /// <summary>Gradient of the loss by the similarities, and the loss.</summary>
    private (float[] Gradient, double Loss) Loss(int[] batch, float[] queries, float[] documents)
    {
        int size = batch.Length;
        float[] transposed = new float[documents.Length];
        Gemm.Transpose(documents, transposed, size, _width, _threads);
        float[] scores = new float[size * size];
        Gemm.Multiply(queries, transposed, scores, size, _width, size, _threads);
        (int[] taught, float[] lesson) = Lesson(batch, scores);
        Mask(batch, scores);
        float[] other = new float[size * size];
        Gemm.Transpose(scores, other, size, size, _threads);
        double[] losses = new double[size];
        Softmax(scores, losses, size);
        Softmax(other, losses, size);
        float[] back = new float[size * size];
        Gemm.Transpose(other, back, size, size, _threads);
        TensorPrimitives.Add(scores, back, scores);
        for (int i = 0; i < size; i++)
        {
            scores[(i * size) + i] -= 2;
        }

        TensorPrimitives.Multiply(scores, 1 / (2 * size * _options.Temperature), scores);
        for (int i = 0; i < taught.Length; i++)
        {
            for (int j = 0; j < taught.Length; j++)
            {
                scores[(taught[i] * size) + taught[j]] += lesson[(i * taught.Length) + j];
            }
        }

        return (scores, losses.Sum() / (2 * size));
    }

    /// <summary>The places in a batch that the teacher knows, and how much more alike the table finds them than the teacher does, among each other.</summary>
    private (int[] Taught, float[] Gradient) Lesson(int[] batch, float[] scores)
    {
        if (_teacher is null)
        {
            return ([], []);
        }

        int[] taught = [.. Enumerable.Range(0, batch.Length).Where(i => _teacher.Knows(_pairs[batch[i]].QueryText) && _teacher.Knows(_pairs[batch[i]].DocumentText))];
        taught = taught[..(taught.Length / 16 * 16)];
        int count = taught.Length;
        float[] own = new float[count * count];
        float[] queries = new float[count * Teacher.Width];
        float[] documents = new float[count * Teacher.Width];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                own[(i * count) + j] = scores[(taught[i] * batch.Length) + taught[j]];
            }

            _teacher.Vector(_pairs[batch[taught[i]]].QueryText).CopyTo(queries.AsSpan(i * Teacher.Width));
            _teacher.Vector(_pairs[batch[taught[i]]].DocumentText).CopyTo(documents.AsSpan(i * Teacher.Width));
        }

        float[] transposed = new float[documents.Length];
        Gemm.Transpose(documents, transposed, count, Teacher.Width, _threads);
        float[] right = new float[count * count];
        Gemm.Multiply(queries, transposed, right, count, Teacher.Width, count, _threads);
        float[] gradient = new float[count * count];
        SubtractTeacher(own, right, gradient, count);
        float[] other = new float[count * count];
        Gemm.Transpose(own, other, count, count, _threads);
        float[] otherRight = new float[count * count];
        Gemm.Transpose(right, otherRight, count, count, _threads);
        float[] back = new float[count * count];
        SubtractTeacher(other, otherRight, back, count);
        Gemm.Transpose(back, other, count, count, _threads);
        TensorPrimitives.Add(gradient, other, gradient);
        TensorPrimitives.Multiply(gradient, _options.TeacherWeight / (2 * Math.Max(1, count) * _options.Temperature), gradient);
        return (taught, gradient);
    }

    // Softmax of the table's similarities less that of the teacher's, row by row: the gradient of their divergence.
    private void SubtractTeacher(float[] own, float[] right, float[] gradient, int count) =>
        Parallel.For(0, count, _threads, i =>
        {
            Span<float> row = gradient.AsSpan(i * count, count);
            Span<float> wanted = new float[count];
            Soften(own.AsSpan(i * count, count), _options.Temperature, row);
            Soften(right.AsSpan(i * count, count), _options.TeacherTemperature, wanted);
            TensorPrimitives.Subtract(row, wanted, row);
        });

    private static void Soften(ReadOnlySpan<float> scores, float temperature, Span<float> shares)
    {
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max(scores), shares);
        TensorPrimitives.Divide(shares, temperature, shares);
        TensorPrimitives.Exp(shares, shares);
        TensorPrimitives.Divide(shares, TensorPrimitives.Sum(shares), shares);
    }

    private void Mask(int[] batch, float[] scores)
    {
        int size = batch.Length;
        Parallel.For(0, size, _threads, i =>
        {
            (_, _, int label, _, int text) = _pairs[batch[i]];
            for (int j = 0; j < size; j++)
            {
                (_, _, int otherLabel, _, int otherText) = _pairs[batch[j]];
                bool same = i != j && ((label >= 0 && label == otherLabel) || text == otherText);
                scores[(i * size) + j] = same ? -1e4f : scores[(i * size) + j] / _options.Temperature;
            }
        });
    }

    private void Softmax(float[] scores, double[] losses, int size) =>
        Parallel.For(0, size, _threads, i =>
        {
            Span<float> row = scores.AsSpan(i * size, size);
            TensorPrimitives.Subtract(row, TensorPrimitives.Max(row), row);
            TensorPrimitives.Exp(row, row);
            TensorPrimitives.Divide(row, TensorPrimitives.Sum(row), row);
            losses[i] -= Math.Log(row[i] + 1e-9);
        });

    private float[] Backward(float[] gradient, float[] queries, float[] documents, float[] vectors, float[] norms)
    {
        int size = _options.Batch;
        float[] ofQueries = new float[size * _width];
        Gemm.Multiply(gradient, documents, ofQueries, size, size, _width, _threads);
        float[] transposed = new float[size * size];
        Gemm.Transpose(gradient, transposed, size, size, _threads);
        float[] ofDocuments = new float[size * _width];
        Gemm.Multiply(transposed, queries, ofDocuments, size, size, _width, _threads);
        float[] back = new float[2 * size * _width];
        ofQueries.CopyTo(back, 0);
        ofDocuments.CopyTo(back, size * _width);
        Parallel.For(0, 2 * size, _threads, i =>
        {
            Span<float> g = back.AsSpan(i * _width, _width);
            ReadOnlySpan<float> z = vectors.AsSpan(i * _width, _width);
            TensorPrimitives.MultiplyAdd(z, -TensorPrimitives.Dot(g, z), g, g);
            TensorPrimitives.Divide(g, norms[i], g);
        });
        return back;
    }

    private void Update(float[] gradient, int step)
    {
        float rate = _options.LearningRate * Math.Min(1f, (step + 1) / 200f) * (1 - (0.98f * step / _options.Steps));
        float correction = 1 - MathF.Pow(SecondMomentDecay, step + 1);
        Parallel.For(0, (_touched.Count + 255) / 256, _threads, block =>
        {
            for (int i = block * 256; i < Math.Min(_touched.Count, (block + 1) * 256); i++)
            {
                Span<float> g = gradient.AsSpan(i * _width, _width);
                int row = _touched[i];
                float square = TensorPrimitives.SumOfSquares(g) / _width;
                _moments[row] = (SecondMomentDecay * _moments[row]) + ((1 - SecondMomentDecay) * square);
                float factor = -rate / (MathF.Sqrt(_moments[row] / correction) + 1e-6f);
                Span<float> target = _rows.AsSpan(row * _width, _width);
                TensorPrimitives.MultiplyAdd(g, factor, target, target);
            }
        });
    }

    private float Gaussian() =>
        MathF.Sqrt(-2 * MathF.Log(1 - _random.NextSingle())) * MathF.Cos(2 * MathF.PI * _random.NextSingle());
}
