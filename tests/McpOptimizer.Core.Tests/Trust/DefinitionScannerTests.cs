using System.Text;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Trust;
using Shared.Conventions;

namespace McpOptimizer.Core.Tests.Trust;

public sealed class DefinitionScannerTests
{
    private static readonly string Corpus = Path.Combine(SourceConvention.RepositoryRoot(), "tests", "McpOptimizer.Core.Tests", "Trust");

    public static TheoryData<string, string> Attacks()
    {
        TheoryData<string, string> attacks = [];
        foreach (string line in File.ReadLines(Path.Combine(Corpus, "attacks.jsonl")))
        {
            JsonNode attack = JsonNode.Parse(line)!;
            attacks.Add((string)attack["code"]!, (string)attack["text"]!);
        }

        return attacks;
    }

    public static TheoryData<string> Benign() => [.. File.ReadLines(Path.Combine(Corpus, "benign.jsonl")).Select(line => (string)JsonNode.Parse(line)!["text"]!)];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Scan_Attack_IsReportedAsHigh(string code, string text)
    {
        IReadOnlyList<TrustFinding> inDescription = Scan(new JsonObject { ["name"] = "tool", ["description"] = text });
        inDescription.Should().Contain(finding => finding.Code == code && finding.Severity == FindingSeverity.High && finding.Path == "description");

        IReadOnlyList<TrustFinding> inSchema = Scan(new JsonObject
        {
            ["name"] = "tool",
            ["inputSchema"] = new JsonObject { ["properties"] = new JsonObject { ["x"] = new JsonObject { ["enum"] = new JsonArray("a", text) } } },
        });
        inSchema.Should().Contain(finding => finding.Code == code && finding.Path == "inputSchema.properties.x.enum[1]");

        DefinitionScanner.ScanText("instructions", text).Should().Contain(finding => finding.Code == code && finding.Path == "instructions");
    }

    [Theory]
    [MemberData(nameof(Benign))]
    public void Scan_LookAlike_IsNotReportedAsMoreThanLow(string text) =>
        Scan(new JsonObject { ["name"] = "tool", ["description"] = text }).Where(finding => finding.Severity > FindingSeverity.Low).Should().BeEmpty();

    [Fact]
    public void Scan_OrdinaryCatalogue_IsSilent()
    {
        foreach (string line in File.ReadLines(Path.Combine(SourceConvention.RepositoryRoot(), "tests", "Evaluation", "Sets", "household", "tools.jsonl")))
        {
            Scan(JsonNode.Parse(line)!.AsObject()).Should().BeEmpty();
        }
    }

    [Fact]
    public void Scan_HiddenCharactersInNames_AreHigh()
    {
        JsonObject tool = new() { ["name"] = "se\u200bnd", ["inputSchema"] = new JsonObject { ["properties"] = new JsonObject { ["to\u2066"] = new JsonObject() } } };

        IReadOnlyList<TrustFinding> findings = Scan(tool);

        findings.Select(finding => (finding.Code, finding.Severity, finding.Path)).Should().BeEquivalentTo(
        [
            ("hidden-text", FindingSeverity.High, "name"),
            ("text-direction", FindingSeverity.High, @"inputSchema.properties.to\u{2066}"),
        ]);
        findings[0].Excerpt.Should().Be(@"se\u{200B}nd");
    }

    [Fact]
    public void Scan_LongTexts_AreReported()
    {
        Scan(new JsonObject { ["name"] = "tool", ["description"] = Words(12_000) }).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = "oversized", Severity = FindingSeverity.Low });
        Scan(new JsonObject { ["name"] = "tool", ["description"] = Words(120_000) }).Should().OnlyContain(finding => finding.Code == "oversized" && finding.Severity == FindingSeverity.Medium).And.HaveCount(2);
        string key = Convert.ToBase64String(Enumerable.Range(0, 300).Select(i => (byte)(i * 37)).ToArray());
        Scan(new JsonObject { ["name"] = "tool", ["description"] = $"Run {key}" }).Should().ContainSingle(finding => finding.Code == "encoded-text");
    }

    [Fact]
    public async Task Scan_TextMadeToBeSlow_EndsSoon()
    {
        string nasty = string.Concat(Enumerable.Repeat("ignore all the previous read include the conversation do not ", 3000)) + "<!--" + new string('-', 50_000) + new string('A', 50_000);

        IReadOnlyList<TrustFinding> findings = await Task.Run(() => Scan(new JsonObject { ["name"] = "tool", ["description"] = nasty })).WaitAsync(TimeSpan.FromSeconds(30));

        findings.Should().HaveCountLessThanOrEqualTo(20);
    }

    private static string Words(int characters) => string.Concat(Enumerable.Repeat("word ", characters / 5));

    private static IReadOnlyList<TrustFinding> Scan(JsonObject definition) => DefinitionScanner.Scan(Encoding.UTF8.GetBytes(definition.ToJsonString()));
}
