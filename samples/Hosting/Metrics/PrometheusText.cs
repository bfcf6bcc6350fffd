using System.Globalization;
using System.Text;

namespace Hosting.Metrics;

/// <summary>Names, labels and lines of the Prometheus text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    /// <summary>Legal letters only, then the unit in full, then <c>_total</c> for a counter.</summary>
    public static string MetricName(string name, string? unit, bool counter)
    {
        StringBuilder text = new(Legal(name));
        string suffix = unit switch
        {
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",
            null or "" or "1" => "",
            _ when unit.StartsWith('{') => "",
            _ => Legal(unit),
        };
        if (suffix.Length > 0 && !name.EndsWith(suffix, StringComparison.Ordinal))
        {
            text.Append('_').Append(suffix);
        }

        if (counter && !name.EndsWith("_total", StringComparison.Ordinal))
        {
            text.Append("_total");
        }

        return text.ToString();
    }

    /// <summary>The tags as <c>a="1",b="2"</c>, in the order of their names, so that equal sets are equal text.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        KeyValuePair<string, object?>[] sorted = tags.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        StringBuilder text = new();
        foreach ((string name, object? value) in sorted)
        {
            if (value is not null)
            {
                text.Append(text.Length > 0 ? "," : "").Append(Legal(name).Replace(':', '_')).Append("=\"");
                Escape(text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", quotes: true);
                text.Append('"');
            }
        }

        return text.ToString();
    }

    public static void WriteFamily(StringBuilder text, MetricInstrument[] instruments)
    {
        MetricInstrument first = instruments[0];
        text.Append("# HELP ").Append(first.Name).Append(' ');
        Escape(text, first.Help, quotes: false);
        text.Append("\n# TYPE ").Append(first.Name).Append(' ').Append(first.Kind).Append('\n');

        // Two meters may name an instrument alike; a scrape with the same series twice would be refused as a whole.
        HashSet<string> written = new(StringComparer.Ordinal);
        IEnumerable<MetricSeries> all = instruments.Where(i => i.Kind == first.Kind).SelectMany(i => i.Series);
        foreach (MetricSeries series in all.OrderBy(s => s.Labels, StringComparer.Ordinal).Where(s => written.Add(s.Labels)))
        {
            WriteSeries(text, first.Name, series);
        }
    }

    private static void WriteSeries(StringBuilder text, string name, MetricSeries series)
    {
        (double value, long count, long[] buckets) = series.Read();
        if (series.Bounds is null)
        {
            Line(text, name, series.Labels, Number(value));
            return;
        }

        string separator = series.Labels.Length > 0 ? "," : "";
        long below = 0;
        for (int i = 0; i < buckets.Length; i++)
        {
            below += buckets[i];
            Line(text, name + "_bucket", $"{series.Labels}{separator}le=\"{Number(series.Bounds[i])}\"", Number(below));
        }

        Line(text, name + "_bucket", $"{series.Labels}{separator}le=\"+Inf\"", Number(count));
        Line(text, name + "_sum", series.Labels, Number(value));
        Line(text, name + "_count", series.Labels, Number(count));
    }

    private static void Line(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Legal(string name)
    {
        StringBuilder text = new(name.Length);
        foreach (char letter in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(letter) || letter is '_' or ':' ? letter : '_');
        }

        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? "_" + text : text.ToString();
    }

    private static void Escape(StringBuilder text, string value, bool quotes)
    {
        foreach (char letter in value)
        {
            string? escaped = letter switch
            {
                '\\' => "\\\\",
                '\n' => "\\n",
                '"' when quotes => "\\\"",
                _ => null,
            };
            if (escaped is null)
            {
                text.Append(letter);
            }
            else
            {
                text.Append(escaped);
            }
        }
    }
}
