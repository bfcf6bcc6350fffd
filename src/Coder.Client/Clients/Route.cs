using System.Globalization;
using System.Text;

namespace Coder.Client.Clients;

/// <summary>Builds relative addresses; names and query values are escaped here and nowhere else.</summary>
internal static class Route
{
    /// <exception cref="ArgumentException">A segment is empty or a dot segment, which would lead to another resource.</exception>
    public static string Of(params ReadOnlySpan<string> segments)
    {
        StringBuilder path = new("api/v2");
        foreach (string segment in segments)
        {
            path.Append('/').Append(PathSegment.Escape(segment, nameof(segments)));
        }

        return path.ToString();
    }

    public static string Id(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);

    public static string Query(string path, params ReadOnlySpan<(string Name, string? Value)> values)
    {
        StringBuilder text = new(path);
        char separator = '?';
        foreach ((string name, string? value) in values)
        {
            if (value is not null)
            {
                text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return text.ToString();
    }

    public static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
