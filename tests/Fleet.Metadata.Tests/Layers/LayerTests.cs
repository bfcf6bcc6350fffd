using System.Text;
using System.Text.Json;
using Common.Tools;
using Fleet.Metadata.Clients.Forge;
using Fleet.Metadata.Clients.Git;
using Fleet.Metadata.Clients.Processes;
using Fleet.Metadata.Clients.Wire;
using Fleet.Metadata.Models;
using Fleet.Metadata.Repositories;
using Fleet.Metadata.Services;
using Fleet.Metadata.Tools;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ModelContextProtocol;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Shared.Git;
using Shared.Testing;

namespace Fleet.Metadata.Tests.Layers;

/// <summary>Each layer over a substitute of the one below it.</summary>
public sealed class LayerTests
{
    private static readonly MetadataResponse Answer = new()
    {
        Data = new Dictionary<string, MetadataEntry>
        {
            ["git_branch"] = new()
            {
                Value = new MetadataValue("main"),
                Schema = new MetadataSchema { Type = MetadataType.Text, Description = "d", IncludeInList = true },
            },
        },
        Meta = new MetadataInfo { Version = "1.0" },
    };

    private static readonly GitHead Head = new() { Branch = "main", Commit = new string('a', 40), IsCertain = true };

    [Fact]
    public async Task Tool_KeyWithBlanksAround_OneEntry()
    {
        IMetadataService service = Substitute.For<IMetadataService>();
        service.GetAllAsync(Arg.Any<CancellationToken>()).Returns(Answer);
        ValueTool<MetadataResponse> tool = MetadataTools.GetMetadata(service);
        Task<MetadataResponse> Get(string key) => tool.RunAsync(new ToolCall(tool, [KeyValuePair.Create("key", JsonElement.Parse($"\"{key}\""))]), CancellationToken.None);

        (await Get(" git_branch ")).Data.Should().ContainSingle().Which.Value.Value.Text.Should().Be("main");
        (await Get(" ")).Should().BeSameAs(Answer);
        await FluentActions.Invoking(() => Get("git_brunch")).Should().ThrowAsync<McpException>().WithMessage("*'git_brunch'*'git_branch'*");
    }

    [Fact]
    public async Task Collector_StatusFails_BranchAndCommitStayAndTheReasonIsThere()
    {
        IGitRepository git = Substitute.For<IGitRepository>();
        git.ReadHead().Returns(Head);
        git.ReadConfigurationAsync("main", Arg.Any<CancellationToken>()).Returns(new GitConfiguration { Remotes = new Dictionary<string, string>() });
        git.ReadStatusAsync(Arg.Any<CancellationToken>()).ThrowsAsync(new IOException("the reason"));
        MetadataSink sink = new();

        await new GitCollector(git, Options.Create(new FleetMetadataOptions())).CollectAsync(sink);

        (IReadOnlyDictionary<string, MetadataEntry> entries, IReadOnlyList<string> faults) = sink.Close();
        entries.Should().ContainKey("git_branch").And.ContainKey("git_commit_sha").And.NotContainKey("git_status");
        faults.Should().Equal("the reason");
    }

    [Fact]
    public async Task Collector_ReferencesThatOnlyGitReads_BranchIsThereBeforeAStatusThatNeverEnds()
    {
        IGitRepository git = Substitute.For<IGitRepository>();
        git.ReadHead().Returns(new GitHead { IsCertain = false });
        git.CompleteAsync(Arg.Any<GitHead>(), Arg.Any<CancellationToken>()).Returns(Head with { IsCertain = false });
        git.ReadConfigurationAsync(null, Arg.Any<CancellationToken>()).Returns(new GitConfiguration { Remotes = new Dictionary<string, string>() });
        git.ReadStatusAsync(Arg.Any<CancellationToken>()).Returns(new TaskCompletionSource<GitStatus>().Task);
        MetadataSink sink = new();

        Task collecting = new GitCollector(git, Options.Create(new FleetMetadataOptions())).CollectAsync(sink);

        collecting.IsCompleted.Should().BeFalse();
        sink.Close().Entries.Should().ContainKey("git_branch").WhoseValue.Value.Text.Should().Be("main");
        await git.Received(1).ReadStatusAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Repository_SecondQuestionWithinTheAge_ForgeIsNotAsked()
    {
        FleetMetadataOptions settings = new();
        settings.Forges.Add(new ForgeHost { Host = "git.example", Kind = ForgeKind.GitLab });
        IForgeClient forge = Substitute.For<IForgeClient>();
        forge.GetProjectAsync(default!, default!, default).ReturnsForAnyArgs(Reply(new GitLabProject { Id = 5 }));
        forge.GetMergeRequestsAsync(default!, default!, default!, default, default).ReturnsForAnyArgs(Reply(
            new GitLabMergeRequest { Iid = 1, SourceProjectId = 6 },
            new GitLabMergeRequest { Iid = 2, SourceProjectId = 5 },
            new GitLabMergeRequest { Iid = 3 }));
        IOptions<FleetMetadataOptions> options = Options.Create(settings);
        PullRequestRepository repository = new(
            new ForgeQuestions(forge), new ForgeTargets(options), options, new FakeTimeProvider(), NullLogger<PullRequestRepository>.Instance);
        GitConfiguration configuration = new() { Remotes = new Dictionary<string, string> { ["origin"] = "https://git.example/g/p.git" } };

        PullRequestFinding? first = await repository.FindAsync(Head, configuration, CancellationToken.None);
        PullRequestFinding? second = await repository.FindAsync(Head, configuration, CancellationToken.None);

        first!.PullRequest!.Number.Should().Be(2, "the others come from other projects");
        second!.PullRequest.Should().Be(first.PullRequest);
        await forge.ReceivedWithAnyArgs(1).GetMergeRequestsAsync(default!, default!, default!, default, default);
    }

    [Fact]
    public async Task GitCommand_AnyRun_HasOurConfigurationAndTheFindingOneHasTheImages()
    {
        List<ProcessSpec> specs = [];
        IProcessRunner runner = Substitute.For<IProcessRunner>();
        runner.RunAsync(default!, default!, default).ReturnsForAnyArgs(call =>
        {
            specs.Add(call.Arg<ProcessSpec>());
            call.Arg<IOutputSink>().Write("false\ntrue\n/r/.git\n/r/.git\n/r\n"u8);
            return new ProcessOutcome(0, "");
        });
        FakeEnvironment environment = new() { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["HOME"] = "/home/me" };
        GitCommand git = new(runner, environment, Options.Create(new FleetMetadataOptions()));
        using TemporaryFolder folder = new();
        using SafeFolder safe = await SafeFolder.CreateAsync(folder.FullPath, "[core]\n"u8.ToArray(), CancellationToken.None);

        (GitDirectory directory, bool isBare) = await git.FindAsync(CancellationToken.None);
        GitSetup setup = new() { Directory = directory, IsBare = isBare, Config = new GitConfig([]), Safe = safe };
        await git.ReadStatusAsync(setup, CancellationToken.None);
        await git.ReadCommitAsync(setup, "hash", 10, CancellationToken.None);
        await git.ListRemotesAsync(setup, CancellationToken.None);
        await git.ListFiltersAsync(setup, ["a"], CancellationToken.None);

        specs.Should().OnlyContain(spec => spec.RemovedPrefix == "GIT_" && spec.Environment["GIT_ALLOW_PROTOCOL"] == "none");
        specs[0].Environment.Should().NotContainKey("GIT_CONFIG_NOSYSTEM", "safe.directory of the image counts").And.Contain("HOME", "/home/me");
        specs.Skip(1).Should().HaveCount(4).And.OnlyContain(spec => spec.Environment["GIT_COMMON_DIR"] == safe.FullPath
            && spec.Environment["GIT_DIR"] == "/r/.git" && spec.Environment["GIT_WORK_TREE"] == "/r" && spec.Environment["HOME"] == safe.FullPath
            && spec.Environment["GIT_CONFIG_NOSYSTEM"] == "1");
    }

    /// <summary>Of random settings with hard names and values, git reads back exactly the harmless ones, and nothing else.</summary>
    [Fact]
    public void SafeConfig_WhateverIsConfigured_GitReadsBackOnlyWhatIsHarmless()
    {
        string[] sections = ["core", "filter", "branch", "remote", "url", "alias", "diff", "gpg", "credential", "include", "extensions"];
        string[] subsections = ["", "a", "x\"] [core", "a b", "\\", "ü.b", "c\\\"d", "]\r"];
        string[] keys =
        [
            "fsmonitor", "url", "merge", "autocrlf", "clean", "insteadof", "program", "command", "helper", "path", "status", "objectformat", "remote",
            "hookspath",
        ];
        Random random = new(13);
        using TemporaryFolder folder = new();
        for (int round = 0; round < 60; round++)
        {
            GitConfigEntry[] entries = [.. Enumerable.Range(0, random.Next(40)).Select(_ => new GitConfigEntry(
                Pick(random, sections), Pick(random, subsections), Pick(random, keys), random.Next(9) == 0 ? null : Word(random)))];
            File.WriteAllBytes(folder.Combine("config"), SafeConfig.Write(new GitConfig(entries), null, null));

            string list = GitSandbox.RunIn(folder.FullPath, null, "config", "--file", "config", "--list", "--null");

            GitConfig.Parse(Encoding.UTF8.GetBytes(list)).Entries.Should().Equal(
                [new GitConfigEntry("core", "", "repositoryformatversion", "1"), .. entries.Where(IsHarmless)]);
        }

        static bool IsHarmless(GitConfigEntry entry) => entry switch
        {
            { Section: "core", Subsection: "", Key: "autocrlf" } => true,
            { Section: "extensions", Key: "objectformat" } => true,
            { Section: "branch", Key: "remote" or "merge", Value: not null } => true,
            { Section: "remote", Key: "url", Value: not null } => true,
            { Section: "url", Key: "insteadof", Value: not null } => true,
            _ => false,
        };

        static string Pick(Random random, string[] words) => words[random.Next(words.Length)];

        static string Word(Random random)
        {
            const string letters = "a\"\\\n\t ;#[]=ü\r\b";
            return string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => letters[random.Next(letters.Length)]));
        }
    }

    private static Task<ForgeReply<T>> Reply<T>(params T[] items) => Task.FromResult(new ForgeReply<T> { Outcome = ForgeOutcome.Answered, Items = items });
}
