using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Doctor;
using McpOptimizer.Core.Services.Doctor;
using McpOptimizer.Core.Tests.Fixtures;
using McpOptimizer.Core.Tools;

namespace McpOptimizer.Core.Tests.Doctor;

public sealed class DoctorTests
{
    private const string Documented = """{"type":"object","properties":{"id":{"type":"string","description":"Which one."}}}""";

    [Fact]
    public async Task Examine_HealthyCatalogue_FindsNothing()
    {
        DoctorReport report = await ExamineAsync(("shop", [
            FakeBackends.Tool("create_invoice", "Creates an invoice for a customer.", Documented),
            FakeBackends.Tool("list_orders", "Lists all orders of a week.", Documented)]));

        report.Findings.Should().BeEmpty();
        (report.Servers, report.Tools, report.FoundFirst, report.FoundAmongFive).Should().Be((1, 2, 2, 2));
    }

    [Fact]
    public async Task Examine_ToolsThatAllSayTheSameInOtherWords_AreNotFindable_AndTheCureIsMeasured()
    {
        // The first sentence says nothing of its own; what is done stands in the name alone.
        string[] names = ["invoice", "branch", "ticket", "volume", "contact", "playlist", "shipment", "alert"];
        DoctorReport report = await ExamineAsync(("box", [.. names.Select((name, i) => FakeBackends.Tool($"{name}_export", $"Runs the operation now. Variant {i}.", Documented))]));

        DoctorFinding[] missed = [.. report.Findings.Where(finding => finding.Code == DoctorCodes.NotFindable)];
        missed.Should().NotBeEmpty().And.OnlyContain(finding => finding.Severity == DoctorSeverity.Error);
        missed[0].Effect.Should().Be("Asked for by the new sentence it is at rank 1.");
        missed[0].Suggestion.Should().MatchRegex("\"[A-Z][a-z]+ export: Runs the operation now\"");
        report.FoundAmongFive.Should().Be(names.Length - missed.Length);
    }

    [Fact]
    public async Task Examine_ToolWhosePurposeBringsAnotherFirst_IsConfused()
    {
        DoctorReport report = await ExamineAsync(("shop", [
            FakeBackends.Tool("create_customer_invoice", "Create customer invoice quickly.", Documented),
            FakeBackends.Tool("xq", "Create customer invoice slowly, or not at all.", Documented),
            FakeBackends.Tool("zz", "Create customer invoice.", Documented)]));

        DoctorFinding finding = report.Findings.Should().ContainSingle(finding => finding.Code == DoctorCodes.Confused).Subject;
        finding.Tool.Should().Be("shop/zz");
        finding.Others.Should().Equal("shop/create_customer_invoice");
        finding.Message.Should().Contain("% ahead; it is at rank 2");
    }

    [Fact]
    public async Task Examine_ManyToolsWithOneDescription_AreOneError_AndTheCureIsMeasured()
    {
        string[] names = ["invoice", "branch", "ticket", "volume", "contact", "playlist", "shipment"];
        DoctorReport report = await ExamineAsync(("box", [.. names.Select(name => FakeBackends.Tool($"{name}_export", "Runs the operation now.", Documented))]));

        DoctorFinding finding = report.Findings.Should().ContainSingle().Subject;
        (finding.Code, finding.Severity).Should().Be((DoctorCodes.SameDescription, DoctorSeverity.Error));
        finding.Others.Should().HaveCount(6);
        finding.Effect.Should().Be("With the name in words before it, 6 of 6 that were not are found first.");
        report.FoundAmongFive.Should().Be(5);
    }

    [Fact]
    public async Task Examine_SameToolOnSeveralServers_IsOneFindingWithWhatOneAloneSaves()
    {
        DoctorReport report = await ExamineAsync(
            ("one", [FakeBackends.Tool("read_file", "Reads a file from the disk.", Documented)]),
            ("two", [FakeBackends.Tool("read_file", "Reads a file from the disk.", Documented)]));

        DoctorFinding finding = report.Findings.Should().ContainSingle().Subject;
        finding.Code.Should().Be(DoctorCodes.Duplicate);
        finding.Others.Should().Equal("two/read_file");
        finding.Effect.Should().Be($"One alone saves {report.Tokens / 2} tokens of the catalogue.");
    }

    [Theory]
    [InlineData(DoctorCodes.LongName, DoctorSeverity.Error, "a_name_that_goes_on_and_on_and_on_and_on_until_nobody_reads_it_to_its_end", "Counts the stars of the sky.", Documented)]
    [InlineData(DoctorCodes.LongPrefixedName, DoctorSeverity.Warning, "a_name_that_goes_on_and_on_and_on_and_on_until_its_end_", "Counts the stars of the sky.", Documented)]
    [InlineData(DoctorCodes.NameCharacters, DoctorSeverity.Warning, "stars.count", "Counts the stars of the sky.", Documented)]
    [InlineData(DoctorCodes.NoDescription, DoctorSeverity.Warning, "count_stars", "", Documented)]
    [InlineData(DoctorCodes.ShortDescription, DoctorSeverity.Warning, "count_stars", "Counts.", Documented)]
    [InlineData(DoctorCodes.UndocumentedParameters, DoctorSeverity.Info, "count_stars", "Counts the stars of the sky.", """{"type":"object","properties":{"id":{"type":"string"}}}""")]
    [InlineData(DoctorCodes.InvalidSchema, DoctorSeverity.Error, "count_stars", "Counts the stars of the sky.", """{"properties":{}}""")]
    [InlineData(DoctorCodes.InvalidSchema, DoctorSeverity.Error, "count_stars", "Counts the stars of the sky.", """{"type":"object","properties":{"id":{"description":"x","type":"text"}}}""")]
    [InlineData(DoctorCodes.InvalidSchema, DoctorSeverity.Error, "count_stars", "Counts the stars of the sky.", """{"type":"object","properties":{"id":{"description":"x","$ref":"#/$defs/none"}}}""")]
    [InlineData(DoctorCodes.InvalidSchema, DoctorSeverity.Error, "count_stars", "Counts the stars of the sky.", """{"type":"object","properties":{},"required":["id"]}""")]
    [InlineData(DoctorCodes.InvalidSchema, DoctorSeverity.Error, "count_stars", "Counts the stars of the sky.", """[]""")]
    public async Task Examine_OneFault_IsTheOneFinding(string code, DoctorSeverity severity, string name, string description, string schema)
    {
        DoctorReport report = await ExamineAsync(("sky", [FakeBackends.Tool(name, description, schema)]));

        DoctorFinding finding = report.Findings.Should().ContainSingle().Subject;
        finding.Code.Should().Be(code);
        finding.Severity.Should().Be(severity);
        finding.Tool.Should().Be("sky/" + name);
    }

    [Fact]
    public async Task Examine_OversizedDefinition_NamesTheCostliestPart()
    {
        string text = string.Join(' ', Enumerable.Repeat("The filter selects by one more attribute of the record.", 200));
        string schema = """{"type":"object","properties":{"filter":{"type":"string","description":"TEXT"},"id":{"type":"string","description":"Which one."}}}""".Replace("TEXT", text, StringComparison.Ordinal);

        DoctorReport report = await ExamineAsync(("sky", [FakeBackends.Tool("count_stars", "Counts the stars of the sky.", schema)]));

        DoctorFinding finding = report.Findings.Should().ContainSingle(finding => finding.Code == DoctorCodes.Oversized).Subject;
        finding.Message.Should().Contain($"{report.Tokens:N0} tokens, 100.0 %");
        finding.Suggestion.Should().Contain("'filter'");
        finding.Effect.Should().StartWith("Without the parameter 'filter' the definition saves ");
        DoctorAnswer.Write(report).Should().Contain("\"code\":\"oversized\"").And.Contain("\"severity\":\"warning\"");
    }

    [Fact]
    public async Task Examine_TellsProgressToTheEnd_AndChangesNothing()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("sky");
        optimizer.Backends.Set("sky", FakeBackends.Tool("count_stars"), FakeBackends.Tool("count_moons"));
        await optimizer.StartAsync();
        string[] before = await optimizer.FindAsync("count moons");
        Recorder progress = new();

        await optimizer.Get<IDoctorService>().ExamineAsync(CallerIdentity.Anonymous, progress);

        progress.Reports.Should().Contain(report => report.Done == 2 && report.Total == 2);
        (await optimizer.FindAsync("count moons")).Should().Equal(before);
    }

    [Theory]
    [InlineData("createIssue_v2", "create issue v2")]
    [InlineData("HTTPServerList", "http server list")]
    [InlineData("__", "")]
    public void NameInWords_CutsAtCaseAndSigns(string name, string words) => ProbeText.NameInWords(name).Should().Be(words);

    [Theory]
    [InlineData("get_x", "get_x: Gets the value of x. More.", "Gets the value of x")]
    [InlineData("get_x", "Go. Fetches whatever was stored.", "Go. Fetches whatever was stored")]
    [InlineData("get_x", null, "get x")]
    public void Probe_IsThePurposeWithoutTheName(string name, string? description, string need) => ProbeText.Of(name, description).Should().Be(need);

    private static async Task<DoctorReport> ExamineAsync(params (string Server, ToolDefinition[] Tools)[] servers)
    {
        await using OptimizerFixture optimizer = new();
        foreach ((string server, ToolDefinition[] tools) in servers)
        {
            optimizer.Workloads.Add(server);
            optimizer.Backends.Set(server, tools);
        }

        await optimizer.StartAsync();
        return await optimizer.Get<IDoctorService>().ExamineAsync(CallerIdentity.Anonymous);
    }

    private sealed class Recorder : IProgress<DoctorProgress>
    {
        public List<DoctorProgress> Reports { get; } = [];

        public void Report(DoctorProgress value)
        {
            lock (Reports)
            {
                Reports.Add(value);
            }
        }
    }
}
