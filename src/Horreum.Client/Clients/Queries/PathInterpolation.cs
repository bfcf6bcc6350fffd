using System.Runtime.CompilerServices;
using System.Text;

namespace Horreum.Client.Clients.Queries;

/// <summary>Builds a path from an interpolated string; what stands in braces is percent-encoded, so that no value can leave its segment.</summary>
[InterpolatedStringHandler]
internal readonly ref struct PathInterpolation
{
    private readonly StringBuilder _path;
    private readonly StringBuilder _template;

    public PathInterpolation(int literalLength, int formattedCount)
    {
        _path = new StringBuilder(literalLength + (formattedCount * 16));
        _template = new StringBuilder(literalLength + (formattedCount * 2));
    }

    /// <summary>The path with its values.</summary>
    public string Path => _path.ToString();

    /// <summary>The path with <c>{}</c> for each value, for metrics.</summary>
    public string Template => _template.ToString();

    public void AppendLiteral(string value)
    {
        _path.Append(value);
        _template.Append(value);
    }

    public void AppendFormatted(long value)
    {
        _path.Append(value);
        _template.Append("{}");
    }

    public void AppendFormatted(string value)
    {
        _path.Append(PathSegment.Escape(value, nameof(value)));
        _template.Append("{}");
    }
}
