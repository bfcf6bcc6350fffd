using System.Diagnostics.Metrics;
using System.Text.Json;
using Common;
using CsCheck;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Repositories.Audit;
using McpOptimizer.Core.Services.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Calls;

/// <summary>The audit file: what stands in it, how it is renamed, and what a disk that fails costs.</summary>
public sealed class AuditFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.Combine("audit.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_ARecord_IsOneLineWithNamesButNeitherArgumentsNorSession()
    {
        CallAuditRecord record = Record() with { SessionId = "session-that-opens-doors", TraceId = "0af7651916cd43dd8448eb211c80319c", Failure = BackendFailure.Unreachable };

        await WriteAsync(record);

        string line = (await File.ReadAllLinesAsync(Path)).Should().ContainSingle().Subject;
        line.Should().NotContain("opens-doors");
        JsonElement json = JsonElement.Parse(line);
        json.EnumerateObject().Select(member => member.Name).Should().Equal(
            "at", "caller", "session", "method", "server", "tool", "outcome", "failure", "argument_bytes", "result_bytes", "cut", "duration_ms", "trace_id");
        AuditEntry entry = AuditLog.Read(Path).Should().ContainSingle().Subject;
        entry.Call.Should().BeEquivalentTo(record with { SessionId = entry.Call!.SessionId });
        entry.Call.SessionId.Should().HaveLength(12);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Write_ArgumentsAreRecorded_AreOneLineWhateverTheirLayout()
    {
        await WriteAsync(Record() with { Arguments = "{\n  \"to\": \"\u202Eevil\",\n \"n\": 1 }" }, Record() with { Arguments = $"{{\"text\":\"{new string('x', 100_000)}\"}}" });

        AuditEntry[] entries = [.. AuditLog.Read(Path)];
        entries.Should().HaveCount(2);
        JsonElement.Parse(entries[0].Call!.Arguments!).GetProperty("n").GetInt32().Should().Be(1);
        entries[1].Json.Length.Should().BeLessThan(70_000);
    }

    [Fact]
    public void Line_AnyNames_IsPlainAsciiOnOneLineAndReadsBack() => Gen.Select(Gen.String, Gen.String, Gen.String).Sample((caller, server, tool) =>
    {
        string line = System.Text.Encoding.UTF8.GetString(AuditLine.Write(Record() with { Caller = caller, ServerName = server, ToolName = tool }));

        return line.EndsWith('\n') && line[..^1].All(letter => letter is >= ' ' and <= '~') && AuditLine.Read(line[..^1])?.Call is { } read
            && read.Caller == VisibleText.Shorten(JsonText.Whole(caller)) && read.ToolName == VisibleText.Shorten(JsonText.Whole(tool));
    });

    [Theory]
    [InlineData("forged\n{\"at\":\"2026-01-01T00:00:00Z\",\"lost\":0}")]
    [InlineData("red\u001B[31m")]
    [InlineData("right\u202Eleft")]
    public async Task Write_ForgedName_StaysInItsLine(string name)
    {
        await WriteAsync(Record() with { ToolName = name });

        AuditEntry entry = AuditLog.Read(Path).Should().ContainSingle().Subject;
        entry.Call!.ToolName.Should().Be(VisibleText.Escape(name));
        entry.Json.Should().NotContainAny("\u001B", "\u202E", "\n");
    }

    [Fact]
    public async Task Write_FileIsFull_IsRenamedAndTheOldestGoes()
    {
        AuditSettings settings = Settings();
        (settings.MaxBytes, settings.MaxFiles) = (64 * 1024, 3);
        CallAuditRecord[] records = [.. Enumerable.Range(0, 2000).Select(i => Record() with { ResultBytes = i })];

        await WriteAsync(settings, records);

        Directory.GetFiles(_folder.FullPath).Select(System.IO.Path.GetFileName).Should().BeEquivalentTo("audit.jsonl", "audit.jsonl.1", "audit.jsonl.2", "audit.jsonl.lock");
        new DirectoryInfo(_folder.FullPath).GetFiles().Should().OnlyContain(file => file.Length <= 64 * 1024);
        long[] kept = [.. AuditLog.Read(Path).Select(entry => entry.Call!.ResultBytes)];
        kept.Should().BeInAscendingOrder().And.EndWith(1999).And.OnlyHaveUniqueItems();
        kept.Should().HaveCount((int)(1999 - kept[0] + 1), "nothing is missing between the first and the last");

        settings.MaxFiles = 1;
        await WriteAsync(settings, records);
        Directory.GetFiles(_folder.FullPath).Select(System.IO.Path.GetFileName).Should().BeEquivalentTo("audit.jsonl", "audit.jsonl.lock");
    }

    [Fact]
    public async Task Write_TwoProcessesShareTheFile_NoLineIsLostOrTorn()
    {
        AuditSettings settings = Settings();
        settings.MaxBytes = 64 * 1024;
        settings.MaxFiles = 100;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() => WriteAsync(
            settings, [.. Enumerable.Range(0, 300).Select(i => Record() with { Caller = $"writer-{writer}", ResultBytes = i })]))));

        AuditLog.Read(Path).GroupBy(entry => entry.Call!.Caller).Should().HaveCount(4).And.OnlyContain(writer => writer.Count() == 300);
    }

    [Fact]
    public async Task Write_HalfALineWasLeft_TheNextBeginsAnew()
    {
        await File.WriteAllTextAsync(Path, "{\"at\":\"2026-01-01T00:0");

        await WriteAsync(Record());

        AuditLog.Read(Path).Should().ContainSingle();
    }

    [Fact]
    public async Task Write_FolderCannotBeMade_CallsGoOnAndTheFileSaysWhatIsMissing()
    {
        // A file stands where the folder is to be: the same to us as a disk that is full or gone.
        string blocked = _folder.Combine("blocked");
        await File.WriteAllTextAsync(blocked, "");
        AuditStatus status = new();
        RealTimersClock clock = new(DateTimeOffset.UnixEpoch);
        using (FileCallAuditSink sink = Sink(new AuditSettings { File = System.IO.Path.Combine(blocked, "audit.jsonl") }, status, clock))
        {
            for (int i = 0; i < FileCallAuditSink.MostWaiting + 600; i++)
            {
                sink.Write(Record());
            }

            await Eventually.IsAsync(() => status.LastError is not null);
            status.FailingSince.Should().Be(DateTimeOffset.UnixEpoch);
            status.Lost.Should().BePositive("more wait than may wait");
            File.Delete(blocked);
            await Eventually.IsAsync(() => status.LastError is null);
        }

        AuditEntry[] entries = [.. AuditLog.Read(System.IO.Path.Combine(blocked, "audit.jsonl"))];
        entries.Where(entry => entry.Call is null).Sum(entry => entry.Lost).Should().BeLessThanOrEqualTo(status.Lost);
        (entries.Count(entry => entry.Call is not null) + status.Lost).Should().Be(FileCallAuditSink.MostWaiting + 600);
    }

    [Fact]
    public void Settings_OutOfRange_AreNamed()
    {
        new AuditSettings { File = " ", MaxBytes = 1, MaxFiles = 0 }.FindFaults("Audit").Should().Equal(
            "Audit:File is empty; give the path of a file, or leave it out.",
            "Audit:MaxBytes is 1; allowed is 65536 to 4294967296.",
            "Audit:MaxFiles is 0; allowed is 1 to 1000.");
        new AuditSettings().FindFaults("Audit").Should().BeEmpty();
    }

    private static CallAuditRecord Record() => new()
    {
        At = new DateTimeOffset(2026, 11, 30, 1, 2, 3, 456, TimeSpan.Zero),
        Caller = "user:anna",
        ServerName = "github",
        ToolName = "create_issue",
        Status = ToolCallStatus.Succeeded,
        ArgumentBytes = 12,
        ResultBytes = 345,
        Duration = TimeSpan.FromMilliseconds(12.5),
    };

    private static FileCallAuditSink Sink(AuditSettings settings, AuditStatus status, TimeProvider clock) => new(
        Options.Create(new McpOptimizerOptions { Audit = settings }),
        status,
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(),
        clock,
        NullLogger<FileCallAuditSink>.Instance);

    private AuditSettings Settings() => new() { File = Path };

    private Task WriteAsync(params CallAuditRecord[] records) => WriteAsync(Settings(), records);

    private static async Task WriteAsync(AuditSettings settings, CallAuditRecord[] records)
    {
        await using FileCallAuditSink sink = Sink(settings, new AuditStatus(), TimeProvider.System);
        foreach (CallAuditRecord record in records)
        {
            sink.Write(record);
        }
    }
}
