using System.Buffers;
using System.Text;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>
/// Parts of words of which one is in every text that is worth a closer look. Plain ASCII texts, which most are, are looked at for the ASCII parts alone: the
/// framework finds those many times faster.
/// </summary>
internal sealed class ScanGate(params string[] parts)
{
    private readonly SearchValues<string> _all = SearchValues.Create(parts, StringComparison.Ordinal);
    private readonly SearchValues<string> _ascii = SearchValues.Create([.. parts.Where(part => Ascii.IsValid(part))], StringComparison.Ordinal);

    /// <summary>Whether one of them is in the text.</summary>
    public bool Lets(ReadOnlySpan<char> text, bool isAscii) => text.ContainsAny(isAscii ? _ascii : _all);
}
