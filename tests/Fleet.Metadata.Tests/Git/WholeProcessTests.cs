using Shared.Git;
using Shared.Testing;

namespace Fleet.Metadata.Tests.Git;

/// <summary>What concerns the whole process, its variables and its handles: runs alone.</summary>
[CollectionDefinition(nameof(WholeProcessTests), DisableParallelization = true)]
[Collection(nameof(WholeProcessTests))]
public sealed class WholeProcessTests
{
    [Fact]
    public async Task Collect_StartedFromAHook_TheHooksVariablesDoNotMislead()
    {
        using GitSandbox git = new();
        git.Commit();
        using GitSandbox other = new();
        await using MetadataFixture metadata = new(git.FullPath);
        string? before = Environment.GetEnvironmentVariable("GIT_INDEX_FILE");
        Environment.SetEnvironmentVariable("GIT_INDEX_FILE", other.Combine("no-such-index"));
        try
        {
            (await metadata.ValuesAsync()).Should().Contain("git_status", "clean");
        }
        finally
        {
            Environment.SetEnvironmentVariable("GIT_INDEX_FILE", before);
        }
    }

    [Fact]
    public async Task Collect_ManyTimes_LeavesNoProcessAndNoHandle()
    {
        using GitSandbox git = new();
        git.Commit();
        await using MetadataFixture metadata = new(git.FullPath);
        await metadata.ValuesAsync();
        int before = Handles();

        for (int i = 0; i < 50; i++)
        {
            await metadata.ValuesAsync();
        }

        // Fifty collections that leaked would show as hundreds; those of pipes go when their finalizers ran.
        await Eventually.IsAsync(() => Handles() < before + 50);
    }

    private static int Handles() => OperatingSystem.IsLinux() ? Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() : 0;
}
