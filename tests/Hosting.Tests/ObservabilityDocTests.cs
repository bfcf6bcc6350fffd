using System.Text.Json;
using System.Text.RegularExpressions;
using Hosting.Telemetry;
using Shared.Conventions;

namespace Hosting.Tests;

/// <summary>docs/observability.md and the dashboard say what the sources do. UPDATE_DOCS=1 writes the tables anew.</summary>
public sealed partial class ObservabilityDocTests
{
    private static readonly string Root = SourceConvention.RepositoryRoot();
    private static readonly string Doc = Path.Combine(Root, "docs", "observability.md");
    private static readonly Dictionary<string, string> Sources = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Concat(Directory.EnumerateFiles(Path.Combine(Root, "samples"), "*.cs", SearchOption.AllDirectories))
        .ToDictionary(file => Path.GetRelativePath(Root, file).Replace('\\', '/'), File.ReadAllText);

    private static readonly Dictionary<string, (string Value, string Summary)> Constants = ReadConstants();

    [Fact]
    public void Metrics_AreThoseOfTheSources() => Check("metrics", ["| Instrument | In `/metrics` | Kind | Of | Meaning |", "|---|---|---|---|---|", .. Instruments().Select(i =>
        $"| `{i.Name}` | `{i.Prometheus}` | {i.Kind} | {i.Owner} | {i.Meaning} |")]);

    [Fact]
    public void Logs_AreThoseOfTheSources()
    {
        string[] events = [.. Events()];

        events.Should().HaveCount(Sources.Values.Sum(text => text.Split("[LoggerMessage(").Length - 1), "this test reads every event that there is");
        Check("logs", ["| Of | Id | Level | Message |", "|---|---|---|---|", .. events]);
    }

    [Fact]
    public void Spans_AreNamed()
    {
        string doc = File.ReadAllText(Doc);
        foreach ((string file, string text) in Sources)
        {
            foreach (Match start in SpanStart().Matches(text))
            {
                string name = start.Groups["literal"] is { Success: true } literal ? literal.Value.Split('{')[0].Trim()
                    : Constants.TryGetValue(start.Groups["constant"].Value, out (string Value, string Summary) constant) ? constant.Value
                    : "";
                doc.Should().Contain($"`{name}", $"{file} starts it");
            }
        }
    }

    [Fact]
    public async Task Dashboard_UsesOnlyMetricsThatExist()
    {
        await using TestHost host = await TestHost.StartAsync(map: app => app.MapPrometheusMetrics("/metrics"));
        await host.Http.GetAsync("/health");
        GC.Collect();
        string served = await host.Http.GetStringAsync("/metrics");
        HashSet<string> known = [.. Instruments().SelectMany(instrument => Series(instrument.Prometheus, instrument.Kind))];
        JsonElement dashboard = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(Root, "docs", "grafana", "mcp-optimizer.json")));

        string[] used = [.. dashboard.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .SelectMany(target => Selector().Matches(target.GetProperty("expr").GetString()!).Select(match => match.Groups[1].Value)).Distinct()];

        used.Should().HaveCountGreaterThan(12);
        used.Where(name => !known.Contains(name) && !served.Contains($"\n{name}{{", StringComparison.Ordinal)).Should().BeEmpty("a panel without data tells nobody why");
    }

    private static IEnumerable<string> Series(string name, string kind) => kind == "histogram" ? [name + "_bucket", name + "_sum", name + "_count"] : [name];

    private static IOrderedEnumerable<(string Name, string Prometheus, string Kind, string Owner, string Meaning)> Instruments()
    {
        List<(string Name, string Prometheus, string Kind, string Owner, string Meaning)> found = [];
        foreach ((string file, string text) in Sources)
        {
            foreach (Match created in InstrumentMade().Matches(text))
            {
                (string Value, string Summary) name = created.Groups["literal"].Success
                    ? (created.Groups["literal"].Value, "")
                    : Constants.GetValueOrDefault(created.Groups["constant"].Value);
                if (name.Value is null)
                {
                    // The parameter of a helper.
                    continue;
                }

                string[] texts = [.. Literal().Matches(created.Groups["rest"].Value).Select(match => match.Groups[1].Value)];
                string unit = texts.FirstOrDefault(text => Unit().IsMatch(text)) ?? "";
                string kind = created.Groups["kind"].Value is "Counter" or "ObservableCounter" ? "counter" : created.Groups["kind"].Value == "Histogram" ? "histogram" : "gauge";
                string meaning = name.Summary.Length > 0 ? name.Summary : texts.LastOrDefault(text => text.Contains(' ')) ?? "";
                found.Add((name.Value, PrometheusName(name.Value, unit, kind), kind, Owner(file), meaning));
            }
        }

        return found.Distinct().OrderBy(instrument => instrument.Owner, StringComparer.Ordinal).ThenBy(instrument => instrument.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Events() => Sources
        .SelectMany(source => LogEvent().Matches(source.Value).Select(match => (
            Owner: Owner(source.Key),
            Id: int.Parse(match.Groups["id"].Value, System.Globalization.CultureInfo.InvariantCulture),
            Level: match.Groups["level"] is { Success: true } level ? level.Value : "as it is",
            Message: string.Concat(Literal().Matches(match.Groups["message"].Value).Select(part => part.Groups[1].Value)))))
        .OrderBy(found => found.Owner, StringComparer.Ordinal).ThenBy(found => found.Id).ThenBy(found => found.Message, StringComparer.Ordinal)
        .Select(found => $"| {found.Owner} | {found.Id} | {found.Level} | {found.Message.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)} |");

    private static string Owner(string file) => file.Split('/')[1];

    private static string PrometheusName(string name, string unit, string kind)
    {
        string text = name.Replace('.', '_');
        string suffix = unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        text += text.EndsWith(suffix, StringComparison.Ordinal) ? "" : suffix;
        return kind == "counter" && !text.EndsWith("_total", StringComparison.Ordinal) ? text + "_total" : text;
    }

    private static Dictionary<string, (string Value, string Summary)> ReadConstants() => Sources
        .SelectMany(source => Constant().Matches(source.Value).Select(match => (
            Name: $"{Path.GetFileNameWithoutExtension(source.Key)}.{match.Groups["name"].Value}",
            match.Groups["value"].Value,
            Summary: Blank().Replace(Tag().Replace(match.Groups["summary"].Value.Replace("///", "", StringComparison.Ordinal), ""), " ").Trim())))
        .ToDictionary(constant => constant.Name, constant => (constant.Value, constant.Summary));

    private static void Check(string section, IReadOnlyList<string> lines)
    {
        string text = File.ReadAllText(Doc);
        Match found = Regex.Match(text, $"(<!-- {section}:[^>]*-->\n)(.*?)(<!-- /{section} -->)", RegexOptions.Singleline);
        string expected = string.Join('\n', lines) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(Doc, text[..found.Groups[2].Index] + expected + text[found.Groups[3].Index..]);
            return;
        }

        found.Groups[2].Value.Should().Be(expected, "UPDATE_DOCS=1 with this test writes it anew");
    }

    [GeneratedRegex("""Create(?<kind>Counter|UpDownCounter|Histogram|Gauge|ObservableCounter|ObservableGauge|ObservableUpDownCounter)(<\w+>)?\(\s*("(?<literal>[^"]+)"|(?<constant>\w+\.\w+))(?<rest>[^;]*)""")]
    private static partial Regex InstrumentMade();

    [GeneratedRegex("""(StartActivity|ToolHiveActivities\.Start)\((\$?"(?<literal>[^"]+)"|(?<constant>\w+\.\w+)\))""")]
    private static partial Regex SpanStart();

    [GeneratedRegex("""\[LoggerMessage\(\s*EventId = (?<id>\d+)(,\s*Level = LogLevel\.(?<level>\w+))?,\s*Message =\s*(?<message>("(\\.|[^"\\])*"\s*\+?\s*)+)\)\]""")]
    private static partial Regex LogEvent();

    [GeneratedRegex("""(/// <summary>(?<summary>((?!</summary>).)*)</summary>\s*)?(public|internal) const string (?<name>\w+) = "(?<value>[^"]*)";""", RegexOptions.Singleline)]
    private static partial Regex Constant();

    [GeneratedRegex("\"((\\\\.|[^\"\\\\])*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^(s|ms|By|\{\w+\})$")]
    private static partial Regex Unit();

    [GeneratedRegex(@"<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"([a-z][a-z0-9_]+)\{")]
    private static partial Regex Selector();
}
