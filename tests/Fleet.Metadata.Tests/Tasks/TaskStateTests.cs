using System.Diagnostics;
using Fleet.Metadata.Clients;
using Fleet.Metadata.Models;
using Fleet.Metadata.Services;
using Shared.Testing;

namespace Fleet.Metadata.Tests.Tasks;

public sealed class TaskStateTests
{
    [Fact]
    public async Task SetAsync_EachStatus_IsInTheNextAnswer()
    {
        using TemporaryFolder folder = new();
        await using MetadataFixture metadata = new(folder.FullPath);
        ITaskStateService tasks = metadata.Get<ITaskStateService>();

        (await metadata.ValuesAsync()).Should().Contain("workspace_task_status", "idle").And.NotContainKey("workspace_task_description");
        foreach (WorkspaceTaskStatus status in new[] { WorkspaceTaskStatus.Running, WorkspaceTaskStatus.Completed, WorkspaceTaskStatus.Failed })
        {
            string word = status.ToString().ToLowerInvariant();
            await tasks.SetAsync(status, $"Task `{word}` \u0007 🚀");
            Dictionary<string, string> values = await metadata.ValuesAsync();
            values.Should().Contain("workspace_task_status", word).And.Contain("workspace_task_description", $"Task `{word}` \uFFFD 🚀");
            values.Should().Contain("workspace_task_updated_at", "2026-01-01T00:00:00.0000000+00:00");
        }

        await tasks.SetAsync(WorkspaceTaskStatus.Idle);
        (await metadata.ValuesAsync()).Should().Contain("workspace_task_status", "idle").And.NotContainKey("workspace_task_description");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"status\":\"sleeping\"}")]
    [InlineData("{\"status\":7}")]
    [InlineData("{\"description\":\"no status\"}")]
    [InlineData("LARGE")]
    public async Task Collect_MalformedFile_KeysMissingAndAReason(string content)
    {
        using TemporaryFolder folder = new();
        await using MetadataFixture metadata = new(folder.FullPath);
        await File.WriteAllTextAsync(metadata.TaskStateFile, content == "LARGE" ? "{\"status\":\"idle\",\"x\":\"" + new string('x', 70_000) + "\"}" : content);

        (await metadata.ValuesAsync()).Should().NotContainKey("workspace_task_status");
        metadata.Log.Text.Should().Contain("Warning: Collector task is incomplete");
    }

    [Fact]
    public async Task SetAsync_WhileRead_NeverHalfAFile()
    {
        using TemporaryFolder folder = new();
        await using MetadataFixture metadata = new(folder.FullPath);
        ITaskStateService tasks = metadata.Get<ITaskStateService>();
        await tasks.SetAsync(WorkspaceTaskStatus.Running, "first");
        using CancellationTokenSource stop = new();
        Task writing = Task.Run(async () =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                await tasks.SetAsync(WorkspaceTaskStatus.Running, new string((char)('a' + (i % 26)), i % 900));
            }
        });

        for (int i = 0; i < 200; i++)
        {
            (await metadata.ValuesAsync()).Should().Contain("workspace_task_status", "running");
        }

        await stop.CancelAsync();
        await writing;
        Directory.EnumerateFiles(metadata.Folder, "*.tmp").Should().BeEmpty();
    }

    [Fact]
    public async Task SetAsync_CannotWrite_OldStateStaysAndNothingIsLeft()
    {
        using TemporaryFolder folder = new();
        await using MetadataFixture metadata = new(folder.FullPath, options => options.TaskStateFile = folder.Combine("missing", "task.json"));

        Func<Task> write = () => metadata.Get<ITaskStateService>().SetAsync(WorkspaceTaskStatus.Running);

        await write.Should().ThrowAsync<IOException>();
        Directory.EnumerateFileSystemEntries(folder.FullPath).Should().BeEmpty();
    }

    [Fact]
    public async Task SetAsync_LinkUnderItsName_TheLinkIsReplacedAndItsTargetUntouched()
    {
        using TemporaryFolder folder = new();
        string target = folder.Combine("precious");
        await File.WriteAllTextAsync(target, "precious");
        await using MetadataFixture metadata = new(folder.FullPath);
        File.CreateSymbolicLink(metadata.TaskStateFile, target);

        await metadata.Get<ITaskStateService>().SetAsync(WorkspaceTaskStatus.Failed);

        (await File.ReadAllTextAsync(target)).Should().Be("precious");
        (await metadata.ValuesAsync()).Should().Contain("workspace_task_status", "failed");
    }

    [Fact]
    public async Task Collect_PipeInsteadOfAFile_LeftOutAtOnce()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TemporaryFolder folder = new();
        await using MetadataFixture metadata = new(folder.FullPath);
        using Process make = Process.Start("mkfifo", [metadata.TaskStateFile]);
        await make.WaitForExitAsync();

        (await metadata.ValuesAsync()).Should().NotContainKey("workspace_task_status");
        metadata.Log.Text.Should().Contain("is no regular file").And.NotContain("does not end");
        File.Delete(metadata.TaskStateFile);
        (await metadata.ValuesAsync()).Should().Contain("workspace_task_status", "idle");
    }

    [Fact]
    public async Task Collect_FileWithByteOrderMark_IsRead()
    {
        using TemporaryFolder folder = new();
        await using MetadataFixture metadata = new(folder.FullPath);
        await File.WriteAllTextAsync(metadata.TaskStateFile, "{\"status\":\"running\"}", new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        (await metadata.ValuesAsync()).Should().Contain("workspace_task_status", "running");
    }

    [Fact]
    public void TaskStateFile_NotConfigured_LiesWhereOthersMayNotWrite()
    {
        Dictionary<string, string> variables = new() { ["HOME"] = "/home/me" };
        ProcessEnvironment environment = new(variables.GetValueOrDefault);
        FleetMetadataOptions options = new();
        new FleetMetadataOptionsSetup(environment).PostConfigure(null, options);
        options.TaskStateFile.Should().Be("/home/me/fleet-metadata-task.json");

        variables["XDG_RUNTIME_DIR"] = "/run/user/1000";
        options = new FleetMetadataOptions();
        new FleetMetadataOptionsSetup(environment).PostConfigure(null, options);
        options.TaskStateFile.Should().Be("/run/user/1000/fleet-metadata-task.json");
    }

    [Fact]
    public async Task SetAsync_UnknownStatus_Refused()
    {
        using TemporaryFolder folder = new();
        await using MetadataFixture metadata = new(folder.FullPath);

        Func<Task> write = () => metadata.Get<ITaskStateService>().SetAsync((WorkspaceTaskStatus)9);

        (await write.Should().ThrowAsync<ArgumentOutOfRangeException>()).WithMessage("*Idle, Running, Completed, Failed*");
    }
}
