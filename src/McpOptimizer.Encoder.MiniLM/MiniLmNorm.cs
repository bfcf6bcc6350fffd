using System.Runtime.Intrinsics;

namespace McpOptimizer.Encoder.MiniLM;

/// <summary>Brings a vector to mean 0 and deviation 1, then stretches and shifts it.</summary>
/// <param name="gain">Factor of each component.</param>
/// <param name="bias">Shift of each component.</param>
internal sealed class MiniLmNorm(float[] gain, float[] bias)
{
    private const double Epsilon = 1e-12;

    /// <summary>Changes a vector in place.</summary>
    public void Apply(Span<float> vector)
    {
        float mean = FixedMath.Sum(vector) / vector.Length;
        Vector256<float> means = Vector256.Create(mean);
        Vector256<float> squares = Vector256<float>.Zero;
        for (int i = 0; i < vector.Length; i += Vector256<float>.Count)
        {
            Vector256<float> apart = Vector256.LoadUnsafe(ref vector[i]) - means;
            squares += apart * apart;
            apart.StoreUnsafe(ref vector[i]);
        }

        float factor = (float)(1 / Math.Sqrt((FixedMath.Sum(squares) / vector.Length) + Epsilon));
        Vector256<float> factors = Vector256.Create(factor);
        for (int i = 0; i < vector.Length; i += Vector256<float>.Count)
        {
            ((Vector256.LoadUnsafe(ref vector[i]) * factors * Vector256.LoadUnsafe(ref gain[i])) + Vector256.LoadUnsafe(ref bias[i])).StoreUnsafe(ref vector[i]);
        }
    }
}
