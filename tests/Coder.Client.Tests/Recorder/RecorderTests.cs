using System.Text;
using Coder.Recorder;
using Shared.Coder;
using Shared.Conventions;
using Shared.Testing;

namespace Coder.Client.Tests.Recorder;

public sealed class RecorderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-").FullName;

    /// <summary>The fixtures of the repository; made by the recorder from the fake when UPDATE_FIXTURES=1.</summary>
    public static string Committed => Path.Combine(SourceConvention.RepositoryRoot(), "tests", "Coder.Client.Tests", "Fixtures");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("2.27.1", "get_task")]
    [InlineData("2.34.3", "create_task")]
    public async Task RecordAsync_WholeLife_WritesOneRedactedFixtureForEachCall(string version, string create)
    {
        PausesClock clock = new();
        await using FakeCoder coder = await FakeCoder.StartAsync(new FakeCoderOptions { Clock = clock, Version = version, UserName = "real-person" });

        IReadOnlyList<Fixture> fixtures = await clock.PumpAsync(RecorderProgram.RecordAsync(Settings(coder), clock));

        string[] names = [.. fixtures.Select(fixture => fixture.Name)];
        names.Should().Contain(
            [
                create,
                "create_workspace",
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
        string[] files = Directory.GetFiles(_folder, "*.json");
        files.Should().HaveCount(fixtures.Count);
        fixtures.First(fixture => fixture.Name == "create_workspace").Mapping["Response"]!["StatusCode"]!.GetValue<int>().Should().Be(201);
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
            foreach (string old in Directory.GetFiles(Committed, "*.json"))
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
        PausesClock clock = new();
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
        PausesClock clock = new();
        await using FakeCoder coder = await FakeCoder.StartAsync(new FakeCoderOptions { Clock = clock, Version = "2.34.3" });
        coder.State.AddIdle("other").Report("idle", "the password is correct-horse", clock.GetUtcNow());

        await clock.PumpAsync(
            FluentActions.Awaiting(() => RecorderProgram.RecordAsync(Settings(coder, "correct-horse"), clock)).Should().ThrowAsync<SecretSurvivedException>());
        coder.State.AddIdle("third").Report("idle", "oauth-workspaceEnvironmentSecret-0002", clock.GetUtcNow());
        await clock.PumpAsync(FluentActions.Awaiting(() => RecorderProgram.RecordAsync(Settings(coder), clock)).Should().ThrowAsync<SecretSurvivedException>());

        Directory.GetFiles(_folder).Should().BeEmpty();
    }

    [Theory]
    [InlineData("ghp_0123456789abcdefghijABCDEFGHIJ012345")]
    [InlineData("glpat-abcdefghijklmnopqrst")]
    [InlineData("sk-ant-api03-abcdefghijklmnop")]
    [InlineData("sk_live_abcdefghijklmnop")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("ASIAIOSFODNN7EXAMPLE")]
    [InlineData("AIzaSyA-abcdefghijklmnopqrstuvwxyz012345")]
    [InlineData("ya29.a0AfH6SMBx")]
    [InlineData("xoxb-12345678-abcdefgh")]
    [InlineData("https://hooks.slack.com/services/T000/B000/xyz")]
    [InlineData("npm_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("hf_abcdefghijklmnopqrstuvwxyz")]
    [InlineData("SG.abcdefghijklmnop.qrstuvwxyz")]
    [InlineData("hvs.CAESIJabcdefghijkl")]
    [InlineData("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")]
    [InlineData("dckr_pat_abcdefghijklmnop")]
    [InlineData("eyJhbGciOiJI.eyJzdWIiOiIx.c2ln")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----")]
    [InlineData("AccountKey=abc")]
    [InlineData("cloned https://bob:hunter2@git.example.org/x.git")]
    [InlineData("postgres://app:hunter2@db/prod")]
    [InlineData("git+ssh://token@git.example.org/x")]
    [InlineData("curl -H 'Authorization: Basic Ym9iOmh1bnRlcjI='")]
    [InlineData("authorization = whatever")]
    [InlineData("Bearer hunter2hunter2")]
    [InlineData("password=hunter2")]
    [InlineData("PGPASSWORD: \"hunter2\"")]
    [InlineData("DB_PASSWORD=hunter2")]
    [InlineData("my api key = hunter2")]
    [InlineData("client_secret: hunter2")]
    [InlineData("the password is hunter2")]
    [InlineData("see https://x.example.org/?access_token=abc")]
    [InlineData("https://x.example.org/#id_token=abc&y=1")]
    [InlineData("https://blob.example.org/x?sv=1&sig=abc")]
    [InlineData("Set-Cookie: sid=1")]
    [InlineData("deadbeefdeadbeefdeadbeefdeadbeef")]
    [InlineData("it printed Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5")]
    public async Task RecordAsync_AnyKindOfSecretInAText_WritesNothing(string secret)
    {
        PausesClock clock = new();
        await using FakeCoder coder = await FakeCoder.StartAsync(new FakeCoderOptions { Clock = clock, Version = "2.34.3" });
        coder.State.AddIdle("other").Report("idle", $"I saw {secret} there", clock.GetUtcNow());

        SecretSurvivedException thrown = (await clock.PumpAsync(
            FluentActions.Awaiting(() => RecorderProgram.RecordAsync(Settings(coder), clock)).Should().ThrowAsync<SecretSurvivedException>())).Which;

        thrown.Message.Should().NotContain(secret);
        Directory.GetFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Theory]
    [InlineData("I fixed the build; the tests of OrderService pass, see https://git.example.org/org/repo/pull/819")]
    [InlineData("Tokens are refreshed now. Basic authentication works, and the password field is validated.")]
    [InlineData("commit 230b55b on feature/long-branch-name-of-somebody, run 00000000-0000-4000-8000-00000000abcd")]
    [InlineData("Cookie \"coder_session_token\" or query parameter must be provided. API key is invalid.")]
    public async Task RecordAsync_HarmlessText_IsRecorded(string text)
    {
        PausesClock clock = new();
        await using FakeCoder coder = await FakeCoder.StartAsync(new FakeCoderOptions { Clock = clock, Version = "2.34.3" });
        coder.State.AddIdle("other").Report("idle", text, clock.GetUtcNow());

        (await clock.PumpAsync(RecorderProgram.RecordAsync(Settings(coder), clock))).Should().NotBeEmpty();
    }

    [Fact]
    public async Task RecordAsync_ConfiguredSecretInAnyForm_WritesNothing()
    {
        const string secret = "corréct horse/battery+staple";
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        string percent = Uri.EscapeDataString(secret);
        string[] forms =
        [
            secret.ToUpperInvariant(),
            percent,
            percent.ToLowerInvariant(),
            Uri.EscapeDataString(percent),
            System.Net.WebUtility.HtmlEncode(secret),
            Convert.ToHexStringLower(bytes),
            Convert.ToBase64String(bytes),
            System.Buffers.Text.Base64Url.EncodeToString(bytes),
            Convert.ToBase64String(Encoding.UTF8.GetBytes("bob:" + secret + "!")),
            Convert.ToBase64String(Encoding.UTF8.GetBytes("xy" + secret)),
        ];
        foreach (string form in forms)
        {
            PausesClock clock = new();
            await using FakeCoder coder = await FakeCoder.StartAsync(new FakeCoderOptions { Clock = clock, Version = "2.34.3" });

            // Spaces keep the general patterns away: it is the configured value that must be found.
            coder.State.AddIdle("other").Report("idle", form, clock.GetUtcNow());

            await clock.PumpAsync(
                FluentActions.Awaiting(() => RecorderProgram.RecordAsync(Settings(coder, secret), clock)).Should().ThrowAsync<SecretSurvivedException>(form));
        }

        Directory.GetFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Fact]
    public async Task RecordAsync_MemberThatNobodyKnows_IsNotWritten()
    {
        PausesClock clock = new();
        await using FakeCoder coder = await FakeCoder.StartAsync(new FakeCoderOptions { Clock = clock, Version = "2.34.3" });
        coder.Faults.Add(new Fault
        {
            Path = "/regions$",
            Status = 200,
            Body = """{"regions":[{"name":"primary","x_internal":"inner thoughts","nested":{"name":"deep thoughts"}}],"notes":["more thoughts"]}""",
        });

        await clock.PumpAsync(RecorderProgram.RecordAsync(Settings(coder), clock));

        string text = string.Concat(Directory.GetFiles(_folder).Select(File.ReadAllText));
        text.Should().Contain("primary").And.NotContain("thoughts").And.NotContain("x_internal");
    }

    [Theory]
    [InlineData("notes.json")]
    [InlineData("001-get_build_info.json")]
    [InlineData("photo.png")]
    [InlineData("folder/")]
    public async Task RecordAsync_FolderOfSomebodyElse_IsRefusedBeforeTheFirstCall(string name)
    {
        string path = Path.Combine(_folder, name);
        _ = name.EndsWith('/') ? Directory.CreateDirectory(path).FullName : path;
        if (!name.EndsWith('/'))
        {
            await File.WriteAllTextAsync(path, "{}");
        }

        PausesClock clock = new();
        await using FakeCoder coder = await FakeCoder.StartAsync(new FakeCoderOptions { Clock = clock, Version = "2.34.3" });

        await FluentActions.Awaiting(() => RecorderProgram.RecordAsync(Settings(coder), clock))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage($"*'{name.TrimEnd('/')}'*did not write*");

        Path.Exists(path).Should().BeTrue();
        coder.Journal.Should().BeEmpty();
    }

    [Fact]
    public async Task RecordAsync_OwnFolder_IsWrittenAnewUntilAFileWasChanged()
    {
        PausesClock clock = new();
        await using FakeCoder coder = await FakeCoder.StartAsync(new FakeCoderOptions { Clock = clock, Version = "2.34.3" });
        await clock.PumpAsync(RecorderProgram.RecordAsync(Settings(coder), clock));

        IReadOnlyList<Fixture> second = await clock.PumpAsync(RecorderProgram.RecordAsync(Settings(coder), clock));
        string[] files = Directory.GetFiles(_folder, "*.json");
        await File.AppendAllTextAsync(files[0], "\n");

        files.Should().HaveCount(second.Count);
        await FluentActions.Awaiting(() => RecorderProgram.RecordAsync(Settings(coder), clock))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("*changed since*");
        File.Exists(files[0]).Should().BeTrue();
    }

    [Fact]
    public async Task RecordAsync_FailsOnTheWay_DeletesTheWorkspaceAndWritesNothing()
    {
        PausesClock clock = new();
        await using FakeCoder coder = await FakeCoder.StartAsync(new FakeCoderOptions { Clock = clock, Version = "2.34.3" });
        coder.Faults.Add(new Fault { Path = "/builds$", Method = "GET", Status = 500 });

        await clock.PumpAsync(
            FluentActions.Awaiting(() => RecorderProgram.RecordAsync(Settings(coder), clock)).Should().ThrowAsync<CoderUnavailableException>());

        coder.State.Workspaces.Should().NotBeEmpty().And.OnlyContain(workspace => workspace.Latest.Transition == "delete");
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
