using System.Globalization;
using System.Text;

namespace ToolHive.Client.Clients.Http;

/// <summary>Builds paths with every inserted value escaped.</summary>
internal static class ApiPath
{
    /// <summary>Prefix of the versioned API.</summary>
    public const string Root = "api/v1beta/";

    /// <summary>One path segment.</summary>
    /// <exception cref="ArgumentException">The value is empty, or would be swallowed as a relative segment.</exception>
    public static string Segment(string value, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, parameter);
        return PathSegment.Escape(value, parameter);
    }

    /// <summary>Appends the members of a query that have a value.</summary>
    public static string WithQuery(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        StringBuilder text = new(path);
        char separator = '?';
        foreach ((string name, string? value) in query)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return text.ToString();
    }

    public static string? Text(bool? value) => value is { } flag ? (flag ? "true" : "false") : null;

    public static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
