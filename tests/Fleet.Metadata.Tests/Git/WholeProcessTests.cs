using Fleet.Metadata.Clients.Git;
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
    public async Task GitCommand_AnyRun_HasOurConfigurationAndTheFindingOneHasTheImages()
    {
        using GitSandbox sandbox = new();
        string commit = sandbox.Commit();
        using TemporaryFolder programs = new();
        string log = programs.Combine("log");
        programs.WriteScript("git", $$"""
            { env | grep -E '^(GIT_[A-Z_]+|HOME)='; echo; } >> '{{log}}'
            exec git "$@"
            """);
        await using MetadataFixture metadata = new(sandbox.FullPath);
        metadata.Environment["PATH"] = programs.FullPath;
        GitCommand git = metadata.Get<GitCommand>();
        string? before = Environment.GetEnvironmentVariable("GIT_INDEX_FILE");
        Environment.SetEnvironmentVariable("GIT_INDEX_FILE", programs.Combine("no-such-index"));
        try
        {
            (GitDirectory directory, bool isBare) = await git.FindAsync(CancellationToken.None);
            byte[] config = SafeConfig.Write(new GitConfig([]), null, null);
            using SafeFolder safe = await SafeFolder.CreateAsync(directory.Common, config, CancellationToken.None);
            GitSetup setup = new() { Directory = directory, IsBare = isBare, Config = new GitConfig([]), Safe = safe };
            await git.ReadStatusAsync(setup, CancellationToken.None);
            await git.ReadCommitAsync(setup, commit, 10, CancellationToken.None);
            await git.ListRemotesAsync(setup, CancellationToken.None);
            await git.ListFiltersAsync(setup, ["a"], CancellationToken.None);

            Dictionary<string, string>[] runs = [.. File.ReadAllText(log).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(Variables)];
            runs.Should().OnlyContain(run => !run.ContainsKey("GIT_INDEX_FILE") && run["GIT_ALLOW_PROTOCOL"] == "none");
            runs[0].Should().NotContainKey("GIT_CONFIG_NOSYSTEM", "safe.directory of the image counts").And.Contain("HOME", metadata.Folder);
            runs.Skip(1).Should().HaveCount(4).And.OnlyContain(run => run["GIT_COMMON_DIR"] == safe.FullPath
                && run["GIT_DIR"] == directory.Own && run["GIT_WORK_TREE"] == directory.WorkTree && run["HOME"] == safe.FullPath
                && run["GIT_CONFIG_NOSYSTEM"] == "1");
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

    private static Dictionary<string, string> Variables(string lines) =>
        lines.Split('\n').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    private static int Handles() => OperatingSystem.IsLinux() ? Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() : 0;
}
