using System.Buffers;
using System.Text.Json;
using Horreum.Client.Models;
using Horreum.Client.Services;
using Horreum.Client.Tools;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Horreum.Client.Tests.Tools;

/// <summary>The tools alone, on substituted services.</summary>
public sealed class ToolRunnerTests
{
    private readonly IRunService _runs = Substitute.For<IRunService>();
    private readonly ISchemaService _schemas = Substitute.For<ISchemaService>();
    private readonly HorreumToolRunner _runner;

    public ToolRunnerTests()
    {
        IOptions<HorreumContractOptions> options = Options.Create(new HorreumContractOptions { MaxPayloadBytes = 1024 });
        ToolCatalog catalog = new(
            Substitute.For<ITestService>(), _runs, Substitute.For<IDatasetService>(), _schemas, Substitute.For<ILabelValueService>(), Substitute.For<ISourceService>(), options);
        _runner = new HorreumToolRunner(catalog, options, TimeProvider.System, NullLogger<HorreumToolRunner>.Instance);
    }

    [Fact]
    public async Task RunAsync_BothSpellingsOfOneParameter_SnakeWins()
    {
        RunListRequest? asked = null;
        _runs.ListAsync(Arg.Do<RunListRequest>(request => asked = request), Arg.Any<CancellationToken>()).Returns(new RunPage { Pagination = new Pagination() });

        await RunAsync("list_runs", """{"testId":5,"test_id":7,"page_size":"3.0","to":1758708000000.0}""");

        asked!.Test.Should().Be(TestReference.ById(7));
        asked.PageSize.Should().Be(3);
        asked.To.Should().Be("1758708000000");
    }

    [Theory]
    [InlineData(1024, 200)]
    [InlineData(1025, 413)]
    public async Task RunAsync_StreamOfUnknownLength_IsReadBeforeItIsAnswered(int length, int status)
    {
        string json = $"\"{new string('x', length - 2)}\"";
        DisposeProbe owner = new();
        _runs.OpenDataAsync(1, null, Arg.Any<CancellationToken>()).Returns(new JsonPayload(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json)), null, owner));

        await using ToolReply reply = await _runner.RunAsync("get_run_data", """{"runId":1}"""u8.ToArray());

        reply.Status.Should().Be(status);
        owner.Disposed.Should().BeTrue("the connection is not needed any more");
    }

    [Fact]
    public async Task RunAsync_SchemaIsCalledExactlySo_AnswersItAlone()
    {
        SchemaEntry entry = new() { Id = 4, SchemaId = "4", Name = "boot" };
        _schemas.FindAsync("boot", Arg.Any<CancellationToken>()).Returns(new SchemaPage { Schemas = [entry], Pagination = new Pagination() });
        _schemas.FindAsync("boo", Arg.Any<CancellationToken>()).Returns(new SchemaPage { Schemas = [entry], Pagination = new Pagination() });

        (await RunAsync("get_schema", """{"name":"boot"}""")).GetProperty("schemaId").GetString().Should().Be("4");
        (await RunAsync("get_schema", """{"name":"boo"}""")).GetProperty("schemas").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task RunAsync_ServiceFailsInAWayOfItsOwn_TellsNothingOfIt()
    {
        _runs.GetSummaryAsync(1, Arg.Any<CancellationToken>()).ThrowsAsync(new InvalidOperationException("secret path /srv/x"));

        JsonElement answer = await RunAsync("get_run_summary", """{"runId":1}""");

        answer.GetProperty("error").GetProperty("code").GetString().Should().Be("INTERNAL_ERROR");
        answer.ToString().Should().NotContain("secret");
    }

    private async Task<JsonElement> RunAsync(string tool, string arguments)
    {
        await using ToolReply reply = await _runner.RunAsync(tool, System.Text.Encoding.UTF8.GetBytes(arguments));
        ArrayBufferWriter<byte> buffer = new();
        reply.WriteTo(buffer);
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private sealed class DisposeProbe : IDisposable
    {
        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }
}
