using Coder.Recorder;
using Shared.Coder;
using Shared.Conventions;

namespace Coder.Client.Tests.Recorder;

public sealed class RecorderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-").FullName;

    /// <summary>The fixtures of the repository; made by the recorder from the fake when UPDATE_FIXTURES=1.</summary>
    public static string Committed => Path.Combine(SourceConvention.RepositoryRoot(), "tests", "Coder.Client.Tests", "Fixtures");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("2.27.1", "create_workspace")]
    [InlineData("2.34.3", "create_task")]
    public async Task RecordAsync_WholeLife_WritesOneRedactedFixtureForEachCall(string version, string create)
    {
        ManualClock clock = new();
        await using FakeCoder coder = await FakeCoder.StartAsync(new FakeCoderOptions { Clock = clock, Version = version, UserName = "real-person" });

        IReadOnlyList<Fixture> fixtures = await clock.PumpAsync(RecorderProgram.RecordAsync(Settings(coder), clock));

        string[] names = [.. fixtures.Select(fixture => fixture.Name)];
        names.Should().Contain(
            [
                create,
                "create_workspace_conflict",
                "create_workspace_bad_name",
                "list_workspaces",
                "get_task_logs",
                "send_task_input",
                "send_task_input_busy",
                "send_interrupt",
            ]).And
            .Contain(
                [
                    "get_workspace_unknown",
                    "get_workspace_bad_id",
                    "get_user_unauthorized",
                    "stop_workspace",
                    "build_conflict",
                    "start_workspace",
                    "delete_workspace",
                    "get_workspace_deleted",
                ]);
        string[] files = Directory.GetFiles(_folder);
        files.Should().HaveCount(fixtures.Count);
        string text = string.Concat(files.Select(File.ReadAllText));
        text.Should().NotContainAny(
            coder.Options.Token,
            "real-person",
            coder.Address.Authority,
            "workspaceEnvironmentSecret",
            "ide-link-secret",
            "script-secret",
            "environment_variables",
            "alice@example.org",
            "Alice Example");
        text.Should().Contain("user-1").And.Contain("00000000-0000-4000-8000-000000000001");
        coder.State.Workspaces.Should().OnlyContain(workspace => workspace.Latest.Transition == "delete", "the recorder leaves nothing behind");
        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1" && version == "2.34.3")
        {
            Directory.CreateDirectory(Committed);
            foreach (string old in Directory.GetFiles(Committed))
            {
                File.Delete(old);
            }

            foreach (string file in files)
            {
                File.Copy(file, Path.Combine(Committed, Path.GetFileName(file)));
            }
        }
    }

    [Fact]
    public async Task RecordAsync_SecretInAnInnocentPlace_WritesNothing()
    {
        ManualClock clock = new();
        await using FakeCoder coder = await FakeCoder.StartAsync(new FakeCoderOptions { Clock = clock, Version = "2.34.3" });
        coder.State.AddIdle("other").Report("idle", "I used ghp_0123456789abcdefghijABCDEFGHIJ012345", clock.GetUtcNow());

        await clock.PumpAsync(
            FluentActions.Awaiting(() => RecorderProgram.RecordAsync(Settings(coder), clock))
                .Should().ThrowAsync<SecretSurvivedException>().WithMessage("Fixture 'list_workspaces'*nothing is written."));

        Directory.GetFiles(_folder).Should().BeEmpty();
    }

    [Fact]
    public async Task RecordAsync_ConfiguredSecretOrRedactedValueElsewhere_WritesNothing()
    {
        ManualClock clock = new();
        await using FakeCoder coder = await FakeCoder.StartAsync(new FakeCoderOptions { Clock = clock, Version = "2.34.3" });
        coder.State.AddIdle("other").Report("idle", "the password is correct-horse", clock.GetUtcNow());

        await clock.PumpAsync(
            FluentActions.Awaiting(() => RecorderProgram.RecordAsync(Settings(coder, "correct-horse"), clock)).Should().ThrowAsync<SecretSurvivedException>());
        coder.State.AddIdle("third").Report("idle", "oauth-workspaceEnvironmentSecret-0002", clock.GetUtcNow());
        await clock.PumpAsync(FluentActions.Awaiting(() => RecorderProgram.RecordAsync(Settings(coder), clock)).Should().ThrowAsync<SecretSurvivedException>());

        Directory.GetFiles(_folder).Should().BeEmpty();
    }

    [Fact]
    public async Task RecordAsync_FailsOnTheWay_DeletesTheWorkspaceAndWritesNothing()
    {
        ManualClock clock = new();
        await using FakeCoder coder = await FakeCoder.StartAsync(new FakeCoderOptions { Clock = clock, Version = "2.34.3" });
        coder.Faults.Add(new Fault { Path = "/builds$", Method = "GET", Status = 500 });

        await clock.PumpAsync(
            FluentActions.Awaiting(() => RecorderProgram.RecordAsync(Settings(coder), clock)).Should().ThrowAsync<CoderUnavailableException>());

        coder.State.Workspaces.Should().ContainSingle().Which.Latest.Transition.Should().Be("delete");
        Directory.GetFiles(_folder).Should().BeEmpty();
    }

    [Fact]
    public async Task RunAsync_SettingsMissing_NamesAllAndExitsWithTwo()
    {
        using StringWriter output = new();

        (await RecorderProgram.RunAsync(["--what"], _ => null, output)).Should().Be(2);

        output.ToString().Should().Contain("--what").And.Contain("CODER_URL").And.Contain("CODER_SESSION_TOKEN").And.Contain("--out FOLDER is missing").And.Contain("usage:");
    }

    private RecorderSettings Settings(FakeCoder coder, params string[] secrets) => new()
    {
        CoderUrl = coder.Address,
        SessionToken = coder.Options.Token,
        Folder = _folder,
        Secrets = secrets,
    };
}
