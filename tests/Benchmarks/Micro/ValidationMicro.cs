using System.Text.Json;
using BenchmarkDotNet.Attributes;
using McpOptimizer.Core.Services.Calls.Validation;

namespace Benchmarks.Micro;

/// <summary>Arguments against their schema.</summary>
public class ValidationMicro
{
    private readonly JsonElement _schema = JsonElement.Parse(
        """
        {"type":"object","required":["title","labels"],"properties":{"title":{"type":"string","maxLength":200},"labels":{"type":"array","items":{"enum":["bug","docs","feature","question"]}},
        "due":{"type":"string","format":"date"},"priority":{"type":"integer","minimum":1,"maximum":5}},"additionalProperties":false}
        """);

    private readonly JsonElement _fitting = JsonElement.Parse("""{"title":"It stops","labels":["bug","docs"],"due":"2026-12-01","priority":3}""");
    private readonly JsonElement _wrong = JsonElement.Parse("""{"title":7,"labels":["bugs"],"priority":9,"colour":"red"}""");

    /// <summary>Nothing to complain of.</summary>
    [Benchmark(Baseline = true)]
    public object Fits() => SchemaValidator.Validate(_schema, _fitting);

    /// <summary>Four faults, with the sentences that say so.</summary>
    [Benchmark]
    public object FourFaults() => SchemaValidator.Validate(_schema, _wrong);
}
