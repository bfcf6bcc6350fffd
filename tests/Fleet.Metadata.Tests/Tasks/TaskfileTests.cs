using Shared.Git;
using Shared.Testing;

namespace Fleet.Metadata.Tests.Tasks;

/// <summary>Fields of a Taskfile, run by a stand-in for the <c>task</c> program that runs the shell script named like the task.</summary>
public sealed class TaskfileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TaskfileTests() =>
        _folder.WriteScript("task", """[ "$1" = --silent ] && [ "$2" = --taskfile ] && exec "$(dirname "$3")/do-$4" """);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Deadline_ByDefault_IsAtMostFiveSeconds() => new FleetMetadataOptions().TaskfileDeadline.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(5));

    [Fact]
    public async Task Collect_MarkedTasks_AreFields()
    {
        Write("""
            version: '3'
            vars: { X: 1 }
            tasks:
              shown: { desc: Shown in lists, meta: { include_in_list: true }, cmds: [] }
              hidden:
                meta: { include_in_list: false }
              plain: { desc: no field }
              just-a-command: echo
            """);
        _folder.WriteScript("do-shown", "echo '  value with spaces `id` '");
        _folder.WriteScript("do-hidden", "printf 42");
        _folder.WriteScript("do-plain", "echo never");
        await using MetadataFixture metadata = Create();

        IReadOnlyDictionary<string, Models.MetadataEntry> data = await metadata.CollectAsync();

        data["shown"].Value.Text.Should().Be("value with spaces `id`");
        data["shown"].Schema.Should().BeEquivalentTo(new { Description = "Shown in lists", IncludeInList = true });
        data["hidden"].Value.Text.Should().Be("42", "values are text unless typed values are asked for");
        data.Should().NotContainKey("plain").And.NotContainKey("just-a-command");
    }

    [Fact]
    public async Task Collect_TypedValues_NumbersAndFlags()
    {
        Write("tasks: { a: { meta: { include_in_list: true } }, b: { meta: { include_in_list: true } }, c: { meta: { include_in_list: true } } }");
        _folder.WriteScript("do-a", "echo 42");
        _folder.WriteScript("do-b", "echo true");
        _folder.WriteScript("do-c", "echo '[1]'");
        await using MetadataFixture metadata = Create(options => options.TaskfileTypedValues = true);

        IReadOnlyDictionary<string, Models.MetadataEntry> data = await metadata.CollectAsync();

        data["a"].Value.Number.Should().Be(42);
        data["b"].Value.Flag.Should().BeTrue();
        data["c"].Value.Text.Should().Be("[1]");
    }

    [Fact]
    public async Task Collect_BadFields_CostOnlyThemselves()
    {
        Write("""
            tasks:
              good: { meta: { include_in_list: true } }
              git_branch: { meta: { include_in_list: true } }
              no-boolean: { meta: { include_in_list: yes please } }
              quoted: { meta: { include_in_list: "true" } }
              more: { meta: { include_in_list: true, other: 1 } }
              listed: { meta: [] }
              --init: { meta: { include_in_list: true } }
              fails: { meta: { include_in_list: true } }
              silent: { meta: { include_in_list: true } }
            """);
        _folder.WriteScript("do-good", "echo fine");
        _folder.WriteScript("do-git_branch", "echo a-lie");
        _folder.WriteScript("do-fails", "echo the reason >&2; exit 3");
        _folder.WriteScript("do-silent", "exit 0");
        using GitSandbox git = new();
        await using MetadataFixture metadata = Create(options => options.RepositoryPath = git.FullPath);

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Should().Contain("good", "fine").And.Contain("git_branch", "main");
        values.Keys.Should().NotContain(["no-boolean", "quoted", "more", "listed", "--init", "fails", "silent"]);
        metadata.Log.Text.Should().Contain("task 'fails': it ended with 3: the reason").And.Contain("task 'no-boolean': meta must hold include_in_list")
            .And.Contain("task '--init': its name is no key");
    }

    [Fact]
    public async Task Collect_TaskThatForks_AllIsKilledAtItsDeadline()
    {
        Write("tasks: { forks: { meta: { include_in_list: true } }, good: { meta: { include_in_list: true } } }");
        _folder.WriteScript("child", $"trap '' HUP TERM INT; touch '{_folder.Combine("started")}'$1; sleep 600; exit 0");
        _folder.WriteScript("do-forks", $"""
            '{_folder.Combine("child")}' 1 &
            setsid '{_folder.Combine("child")}' 2 &
            (setsid sh -c "'{_folder.Combine("child")}' 3 & '{_folder.Combine("child")}' 4" &)
            while [ ! -e '{_folder.Combine("started4")}' ]; do sleep 0.05; done
            sleep 600
            """);
        _folder.WriteScript("do-good", "echo fine");
        await using MetadataFixture metadata = Create(options => options.TaskfileDeadline = TimeSpan.FromSeconds(3));

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Should().Contain("good", "fine").And.NotContainKey("forks");
        metadata.Log.Text.Should().Contain("task 'forks': it was killed after 3 s");
        await NothingRunsAsync();
    }

    [Fact]
    public async Task Collect_TaskLeavesAChildBehind_ValueIsThereAndTheChildIsNot()
    {
        Write("tasks: { leaves: { meta: { include_in_list: true } } }");
        _folder.WriteScript("child", "sleep 600; exit 0");
        _folder.WriteScript("do-leaves", $"'{_folder.Combine("child")}' & echo done");
        await using MetadataFixture metadata = Create();

        (await metadata.ValuesAsync()).Should().Contain("leaves", "done");
        await NothingRunsAsync();
    }

    [Theory]
    [InlineData("tasks: [")]
    [InlineData("just text")]
    [InlineData("")]
    [InlineData("tasks: { a: &x [*x] }")]
    [InlineData("tasks:\n  aa:\n    meta: {include_in_list: true}\n? &a [*a]\n: x\n")]
    [InlineData("DEEP")]
    public async Task Collect_BrokenTaskfile_OnlyItsFieldsAreMissing(string text)
    {
        Write(text == "DEEP" ? "tasks: " + new string('[', 200_000) : text);
        await using MetadataFixture metadata = Create();

        (await metadata.ValuesAsync()).Should().ContainKey("workspace_task_status");
    }

    [Fact]
    public async Task Collect_NamesOfBuiltInKeys_AreRefusedWithTheReasonAndNotRun()
    {
        Write("""
            tasks:
              git_branch: { desc: As in the example of upstream, meta: { include_in_list: true } }
              git_commit_sha: { meta: { include_in_list: true } }
              pull_request_number: { meta: { include_in_list: true } }
            """);
        _folder.WriteScript("do-git_branch", $"touch '{_folder.Combine("trace")}'; echo a-lie");
        _folder.WriteScript("do-git_commit_sha", $"touch '{_folder.Combine("trace")}'; echo a-lie");
        _folder.WriteScript("do-pull_request_number", "echo 7");
        await using MetadataFixture metadata = Create();

        (await metadata.ValuesAsync()).Should().Contain("pull_request_number", "7").And.NotContainKey("git_branch");
        File.Exists(_folder.Combine("trace")).Should().BeFalse();
        metadata.Log.Text.Should().Contain("task 'git_branch' is not run").And.Contain("task 'git_commit_sha' is not run");
    }

    [Fact]
    public async Task Collect_EveryKeyOfTheCollectors_IsKnownAsBuiltIn()
    {
        using GitSandbox origin = new();
        origin.Commit();
        using GitSandbox git = new(initialise: false);
        git.Run("clone", "--quiet", origin.FullPath, ".");
        await using MetadataFixture metadata = new(git.FullPath);
        foreach (string name in new[] { "ID", "NAME", "OWNER_NAME", "AGENT_NAME" })
        {
            metadata.Environment["CODER_WORKSPACE_" + name] = "x";
        }

        (await metadata.ValuesAsync()).Keys.Should().HaveCountGreaterThan(20).And.OnlyContain(key => Fleet.Metadata.Services.BuiltInKeys.Contains(key));
    }

    [Fact]
    public async Task Collect_TaskfileInTheRepository_IsNeverRunByItself()
    {
        using GitSandbox git = new();
        git.Write("Taskfile.yml", "tasks: { shown: { meta: { include_in_list: true } } }");
        string trace = _folder.Combine("trace");
        File.WriteAllText(git.Combine("do-shown"), "");
        _folder.WriteScript("do-shown", $"touch '{trace}'");
        await using MetadataFixture metadata = new(git.FullPath);
        metadata.Environment["PATH"] = $"{_folder.FullPath}:{metadata.Environment["PATH"]}";

        (await metadata.ValuesAsync()).Should().NotContainKey("shown");
        File.Exists(trace).Should().BeFalse();
    }

    [Fact]
    public async Task Collect_TaskProgramMissing_Reason()
    {
        Write("tasks: { shown: { meta: { include_in_list: true } } }");
        await using MetadataFixture metadata = Create();
        metadata.Environment["PATH"] = metadata.Folder;

        (await metadata.ValuesAsync()).Should().NotContainKey("shown");
        metadata.Log.Text.Should().Contain("the task program is not installed");
    }

    private void Write(string text) => File.WriteAllText(_folder.Combine("Taskfile.yml"), text);

    private MetadataFixture Create(Action<FleetMetadataOptions>? configure = null)
    {
        MetadataFixture fixture = new(_folder.FullPath, options =>
        {
            options.Taskfile = _folder.Combine("Taskfile.yml");
            options.TaskfileDeadline = MetadataFixture.Patience;
            configure?.Invoke(options);
        });
        fixture.Environment["PATH"] = $"{_folder.FullPath}:{fixture.Environment["PATH"]}";
        return fixture;
    }

    private async Task NothingRunsAsync()
    {
        using CancellationTokenSource patience = new(MetadataFixture.Patience);
        while (OperatingSystem.IsLinux() && Directory.EnumerateDirectories("/proc").Any(Runs))
        {
            await Task.Delay(20, patience.Token);
        }

        bool Runs(string folder)
        {
            try
            {
                return File.ReadAllText(folder + "/cmdline").Contains(_folder.FullPath, StringComparison.Ordinal);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }
}
