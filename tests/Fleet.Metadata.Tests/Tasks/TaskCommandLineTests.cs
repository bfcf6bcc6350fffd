using System.Diagnostics;
using Fleet.Metadata.Server;
using Shared.Testing;

namespace Fleet.Metadata.Tests.Tasks;

/// <summary>The command that hooks of agents call, as a process of its own.</summary>
public sealed class TaskCommandLineTests
{
    [Fact]
    public async Task Task_Running_IsInTheNextAnswer()
    {
        using TemporaryFolder folder = new();
        await using MetadataFixture metadata = new(folder.FullPath);

        (int exitCode, string error) = await RunAsync("", "task", "running", "Fix `the` \"bug\" 🚀", "--task-file", metadata.TaskStateFile);

        error.Should().BeEmpty();
        exitCode.Should().Be(0);
        (await metadata.ValuesAsync()).Should().Contain("workspace_task_status", "running").And.Contain("workspace_task_description", "Fix `the` \"bug\" 🚀");
    }

    [Fact]
    public async Task Task_UnknownWord_RefusedWithTheChoices()
    {
        (int exitCode, string error) = await RunAsync("", "task", "runing");

        exitCode.Should().NotBe(0);
        error.Should().Contain("runing").And.Contain("running").And.Contain("idle");
    }

    [Fact]
    public async Task Task_DiskFull_OldStateStays()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using TemporaryFolder folder = new();
        await using MetadataFixture metadata = new(folder.FullPath);
        await RunAsync("", "task", "running", "before", "--task-file", metadata.TaskStateFile);

        // A limit on the size of files fails each write like a full disk does.
        const string full = "trap '' XFSZ; ulimit -f 0; export DOTNET_EnableWriteXorExecute=0; ";
        (int exitCode, string error) = await RunAsync(full, "task", "failed", "after", "--task-file", metadata.TaskStateFile);

        exitCode.Should().Be(1);
        error.Should().Contain("The task state was not written");
        (await metadata.ValuesAsync()).Should().Contain("workspace_task_status", "running").And.Contain("workspace_task_description", "before");
        Directory.EnumerateFiles(metadata.Folder, "*.tmp").Should().BeEmpty();
    }

    [Theory]
    [InlineData("'--rep'", "--rep", "x")]
    [InlineData("'--repo'", "--repo")]
    [InlineData("'--repo'", "--repo", "--stdio")]
    [InlineData("TaskfileParallelism", "--Metadata:TaskfileParallelism", "0", "--urls", "http://127.0.0.1:0")]
    public async Task Server_BadCommandLine_OneSentenceAndAnExitCode(string expected, params string[] arguments)
    {
        (int exitCode, string error) = await RunAsync("", arguments);

        exitCode.Should().Be(2);
        error.Should().Contain(expected).And.NotContain("   at ");
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(string before, params string[] arguments)
    {
        ProcessStartInfo start = new("sh") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"{before}exec \"$@\"");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add("dotnet");
        start.ArgumentList.Add(typeof(MetadataHost).Assembly.Location);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}
