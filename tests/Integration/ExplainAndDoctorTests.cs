using System.Net;
using System.Text.Json;
using Integration.Running;
using Shared.Testing;

namespace Integration;

public sealed class ExplainAndDoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Explain_And_Doctor_WorkFromTheShell()
    {
        string servers = Programs.ServersFile(_folder.FullPath, ["one"]);

        RunResult explain = await RunAsync("explain", "echo a message back", "--tool", "one/echo", "--servers", servers);
        explain.ExitCode.Should().Be(0, explain.Error);
        explain.Output.Should().Contain("1. ").And.Contain("echo: name").And.Contain("one/echo: found. It is hit 1");

        // Commands that read store nothing.
        await RunAsync("ingest", "--servers", servers);
        RunResult absent = await RunAsync("explain", "echo a message back", "--tool", "one/ecko", "--servers", servers, "--stored", "--json");
        absent.ExitCode.Should().Be(3, absent.Error);
        JsonElement tool = JsonElement.Parse(absent.Output).GetProperty("tool");
        tool.GetProperty("placement").GetString().Should().Be("unknown");
        tool.GetProperty("reason").GetString().Should().Contain("'echo'");

        RunResult doctor = await RunAsync("doctor", "--servers", servers, "--stored", "--json");
        JsonElement report = JsonElement.Parse(doctor.Output);
        report.GetProperty("tools").GetInt32().Should().Be(14);
        bool hasErrors = report.GetProperty("findings").EnumerateArray().Any(finding => finding.GetProperty("severity").GetString() == "error");
        doctor.ExitCode.Should().Be(hasErrors ? 3 : 0, doctor.Error);
        doctor.Error.Should().BeEmpty("progress is for terminals");
    }

    [Fact]
    public async Task Explain_OverHttp_AnswersLikeTheShell()
    {
        (_, Uri address) = await SharedServer.GetAsync();
        using HttpClient http = new() { BaseAddress = address };
        await Eventually.IsAsync(async () => (await http.GetStringAsync("/api/explain?need=echo&tool=one/echo")).Contains("\"placement\":\"found\"", StringComparison.Ordinal), "the echo");

        JsonElement answer = JsonElement.Parse(await http.GetStringAsync("/api/explain?need=echo&tool=one/nothing&limit=1"));
        answer.GetProperty("hits").GetArrayLength().Should().Be(1);
        answer.GetProperty("tool").GetProperty("placement").GetString().Should().Be("unknown");

        foreach (string wrong in new[] { "/api/explain", "/api/explain?need=echo&limit=51", "/api/explain?need=echo&tol=x", "/api/explain?need=echo&profile=nobody" })
        {
            using HttpResponseMessage refused = await http.GetAsync(wrong);
            refused.StatusCode.Should().Be(HttpStatusCode.BadRequest, wrong);
            JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("error").GetString().Should().NotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task Doctor_OverHttp_ReportsOnWhatTheCallerSees()
    {
        (_, Uri address) = await SharedServer.GetAsync();
        using HttpClient http = new() { BaseAddress = address };
        await Eventually.IsAsync(async () => (await http.GetStringAsync("/api/explain?need=echo&tool=one/echo")).Contains("\"placement\":\"found\"", StringComparison.Ordinal), "the echo");

        JsonElement report = JsonElement.Parse(await http.GetStringAsync("/api/doctor"));
        using HttpResponseMessage refused = await http.GetAsync("/api/doctor?profile=nobody");

        report.GetProperty("tools").GetInt32().Should().Be(14);
        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    private Task<RunResult> RunAsync(params string[] arguments) => OptimizerProcess.RunAsync(_folder.FullPath, null, [.. arguments, "--db", _folder.Combine("optimizer.db")]);
}
