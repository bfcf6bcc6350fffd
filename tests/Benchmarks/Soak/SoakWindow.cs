using System.Globalization;

namespace Benchmarks.Soak;

/// <summary>A stretch of the soak: what was asked in it, and how the server stood at its end.</summary>
internal sealed record SoakWindow(int Requests, int Errors, double Median, double Late, long ResidentMegabytes, int Handles, long LogKilobytes, double StoreMegabytes)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Requests} | {Errors} | {Median:0.00} | {Late:0.00} | {ResidentMegabytes} | {Handles} | {LogKilobytes} | {StoreMegabytes:0.0} |");
}
