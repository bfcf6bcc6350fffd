using System.Text;
using System.Text.Json;
using Common.Tools;
using Fleet.Metadata.Clients.Git;
using Fleet.Metadata.Models;
using Fleet.Metadata.Repositories;
using Fleet.Metadata.Services;
using Fleet.Metadata.Tests.Forge;
using Fleet.Metadata.Tools;
using ModelContextProtocol;
using NSubstitute;
using Shared.Git;
using Shared.Testing;

namespace Fleet.Metadata.Tests.Layers;

/// <summary>One layer at a time: the tool over a substituted service, what is below it over a git that is partly a script, and a stub of a forge.</summary>
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
        using GitSandbox git = new();
        string commit = git.Commit();
        using TemporaryFolder programs = new();
        programs.WriteScript("git", """
            case "$*" in *" status "*) echo 'the reason' >&2; exit 128 ;; esac
            exec git "$@"
            """);
        await using MetadataFixture metadata = new(git.FullPath);
        metadata.Environment["PATH"] = programs.FullPath;
        MetadataSink sink = new();

        await Collector(metadata).CollectAsync(sink);

        (IReadOnlyDictionary<string, MetadataEntry> entries, IReadOnlyList<string> faults) = sink.Close();
        entries.Should().ContainKey("git_branch").WhoseValue.Value.Text.Should().Be("main");
        entries.Should().ContainKey("git_commit_sha").WhoseValue.Value.Text.Should().Be(commit);
        entries.Should().NotContainKey("git_status");
        faults.Should().Equal("git status ended with 128: the reason");
    }

    [Fact]
    public async Task Collector_ReferencesThatOnlyGitReads_BranchIsThereBeforeAStatusThatNeverEnds()
    {
        using GitSandbox git = new();
        string commit = git.Commit();

        // As a repository looks whose references are kept in tables; the script stands in for a git that reads them.
        File.WriteAllText(git.Combine(".git", "HEAD"), "ref: refs/heads/.invalid\n");
        using TemporaryFolder programs = new();
        string asked = programs.Combine("asked");
        programs.WriteScript("git", $"""
            case "$*" in
                *" --symbolic-full-name HEAD") printf '{commit}\nrefs/heads/main\n'; exit ;;
                *" status "*) echo status >> '{asked}'; exec sleep 600 ;;
            esac
            exec git "$@"
            """);
        await using MetadataFixture metadata = new(git.FullPath);
        metadata.Environment["PATH"] = programs.FullPath;
        MetadataSink sink = new();
        using CancellationTokenSource stop = new();

        Task collecting = Collector(metadata).CollectAsync(sink, stop.Token);
        await Eventually.IsAsync(() => File.Exists(asked) || collecting.IsCompleted);

        collecting.IsCompleted.Should().BeFalse();
        sink.Close().Entries.Should().ContainKey("git_branch").WhoseValue.Value.Text.Should().Be("main");
        await stop.CancelAsync();
        await collecting.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        File.ReadAllLines(asked).Should().ContainSingle();
    }

    [Fact]
    public async Task Repository_SecondQuestionWithinTheAge_ForgeIsNotAsked()
    {
        using ForgeServer forge = new();
        forge.Fault = request => Task.FromResult(request.Path.EndsWith("/merge_requests", StringComparison.Ordinal)
            ? ForgeServer.Respond(200, $$"""[{"iid":1,"source_project_id":6},{"iid":2,"source_project_id":{{ForgeServer.IdOf("g/p")}}},{"iid":3}]""")
            : null);
        using TemporaryFolder folder = new();
        await using MetadataFixture metadata = new(
            folder.FullPath,
            options => options.Forges.Add(new ForgeHost { Host = "git.example", Kind = ForgeKind.GitLab, ApiAddress = forge.GitLab }));
        PullRequestRepository repository = metadata.Get<PullRequestRepository>();
        GitHead head = new() { Branch = "main", Commit = new string('a', 40), IsCertain = true };
        GitConfiguration configuration = new() { Remotes = new Dictionary<string, string> { ["origin"] = "https://git.example/g/p.git" } };

        PullRequestFinding? first = await repository.FindAsync(head, configuration, CancellationToken.None);
        PullRequestFinding? second = await repository.FindAsync(head, configuration, CancellationToken.None);

        first!.PullRequest!.Number.Should().Be(2, "the others come from other projects");
        second!.PullRequest.Should().Be(first.PullRequest);
        forge.Paths.Should().ContainSingle(path => path.Contains("/merge_requests", StringComparison.Ordinal));
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

    private static GitCollector Collector(MetadataFixture metadata) => metadata.Get<IEnumerable<IMetadataCollector>>().OfType<GitCollector>().Single();
}
