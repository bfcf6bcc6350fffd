namespace Conformance;

/// <summary>The smallest picture and sound there are.</summary>
internal static class Samples
{
    public const string PngType = "image/png";
    public const string WavType = "audio/wav";

    /// <summary>One red pixel.</summary>
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    /// <summary>A header for 8 kHz mono, and no sound.</summary>
    public static readonly byte[] Wav = Convert.FromBase64String("UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=");
}
