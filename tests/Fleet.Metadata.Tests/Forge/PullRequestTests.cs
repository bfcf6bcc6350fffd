using System.Globalization;
using Fleet.Metadata.Models;
using Shared.Git;
using WireMock;

namespace Fleet.Metadata.Tests.Forge;

/// <summary>Pull and merge requests, asked of a stub that answers like the real forges.</summary>
public sealed class PullRequestTests : IDisposable
{
    private const string Token = "secret-token-of-the-test";

    private readonly GitSandbox _git = new();
    private readonly ForgeServer _forge = new();

    public PullRequestTests()
    {
        _git.Commit();
        _git.Run("checkout", "--quiet", "-b", "feature/a-b'c");
        _git.Run("remote", "add", "origin", "https://user:pass@github.example/me/repo.git");
    }

    /// <summary>Requests for pull or merge requests; what a repository is, is asked once besides.</summary>
    private string[] Asked =>
        [.. _forge.Paths.Where(path => path.Contains("/pulls", StringComparison.Ordinal) || path.Contains("/merge_requests", StringComparison.Ordinal))];

    public void Dispose()
    {
        _forge.Dispose();
        _git.Dispose();
    }

    [Theory]
    [InlineData("open", false, "open")]
    [InlineData("closed", false, "closed")]
    [InlineData("closed", true, "merged")]
    public async Task Collect_GitHub_StateWithMergedDerived(string state, bool merged, string expected)
    {
        _forge.Put(Pull(7) with { State = state, Merged = merged });
        _forge.Put(Pull(8) with { Branch = "other" });
        await using MetadataFixture metadata = Create();

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Should().Contain("github_pr_number", "7").And.Contain("github_pr_status", expected).And.Contain("github_pr_title", "A title");
        values.Should().Contain("github_pr_url", "https://forge.example/me/repo/pull/7").And.Contain("github_repo_name", "me/repo")
            .And.Contain("github_pr_age_seconds", "0");
        Asked.Should().ContainSingle().Which.Should()
            .Be("/api/v3/repos/me/repo/pulls?head=me%3Afeature%2Fa-b%27c&state=all&sort=updated&direction=desc&per_page=10");
        _forge.Tokens.Should().OnlyContain(token => token == $"Bearer {Token}");
        metadata.Log.Text.Should().NotContain(Token).And.NotContain("user:pass");
    }

    [Fact]
    public async Task Collect_SeveralRequests_TheOpenOneElseTheLastTouched()
    {
        _forge.Put(Pull(1) with { State = "closed", Merged = true, UpdatedAt = 9 });
        _forge.Put(Pull(2) with { UpdatedAt = 1 });
        await using MetadataFixture first = Create();
        (await first.ValuesAsync()).Should().Contain("github_pr_number", "2");

        _forge.Put(Pull(2) with { State = "closed", UpdatedAt = 1 });
        await using MetadataFixture second = Create();
        (await second.ValuesAsync()).Should().Contain("github_pr_number", "1").And.Contain("github_pr_status", "merged");
    }

    [Fact]
    public async Task Collect_NoRequest_RepositoryAndAgeOnly()
    {
        await using MetadataFixture metadata = Create();

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Should().Contain("github_repo_name", "me/repo").And.ContainKey("github_pr_age_seconds").And.NotContainKey("github_pr_number");
    }

    [Fact]
    public async Task Collect_Fork_RequestOfTheParent()
    {
        _git.Run("remote", "add", "upstream", "git@github.example:them/repo.git");
        _forge.Put(Pull(31) with { Repository = "them/repo" });
        _forge.Put(Pull(32) with { Repository = "them/repo", HeadRepository = "somebody-else/repo" });
        await using MetadataFixture metadata = Create();

        (await metadata.ValuesAsync()).Should().Contain("github_pr_number", "31").And.Contain("github_repo_name", "me/repo");
    }

    [Theory]
    [InlineData("opened", "open")]
    [InlineData("locked", "open")]
    [InlineData("closed", "closed")]
    [InlineData("merged", "merged")]
    [InlineData("a-word-of-tomorrow", "open")]
    public async Task Collect_GitLab_EveryState(string state, string expected)
    {
        _git.Run("remote", "set-url", "origin", "ssh://git@gitlab.example:2222/group/sub/repo.git");
        _forge.Put(Pull(5) with { Repository = "group/sub/repo", HeadRepository = "group/sub/repo", State = state });
        await using MetadataFixture metadata = Create();

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Should().Contain("gitlab_mr_number", "5").And.Contain("gitlab_mr_status", expected).And.Contain("gitlab_project_name", "group/sub/repo");
    }

    [Fact]
    public async Task Collect_WithinMaxAge_AsksOnceThenRevalidatesByTag()
    {
        _forge.Put(Pull(7));
        await using MetadataFixture metadata = Create();
        await metadata.ValuesAsync();

        metadata.Time.Advance(TimeSpan.FromSeconds(10));
        (await metadata.ValuesAsync()).Should().Contain("github_pr_age_seconds", "10");
        Asked.Should().HaveCount(1);

        metadata.Time.Advance(TimeSpan.FromSeconds(10));
        (await metadata.ValuesAsync()).Should().Contain("github_pr_number", "7");
        await ConditionAsync(async () => (await metadata.ValuesAsync())["github_pr_age_seconds"] == "0");
        Asked.Should().HaveCount(2);
        _forge.Statuses[^1].Should().Be("304", "past half of the age the answer is renewed in the background, by its tag");

        metadata.Time.Advance(TimeSpan.FromMinutes(5));
        _forge.Put(Pull(7) with { Title = "Another title" });
        (await metadata.ValuesAsync()).Should().Contain("github_pr_title", "Another title", "what is too old is not reported but asked anew")
            .And.Contain("github_pr_age_seconds", "0");
    }

    [Fact]
    public async Task Collect_NewCommit_AskedAnew()
    {
        _forge.Put(Pull(7));
        await using MetadataFixture metadata = Create();
        await metadata.ValuesAsync();
        _git.Commit("Another");
        _forge.Put(Pull(7) with { State = "closed", Merged = true });

        (await metadata.ValuesAsync()).Should().Contain("github_pr_status", "merged");
    }

    [Fact]
    public async Task Collect_MaxAgeZero_AsksEachTime()
    {
        _forge.Put(Pull(7));
        await using MetadataFixture metadata = Create(options => options.ForgeMaxAge = TimeSpan.Zero);

        await metadata.ValuesAsync();
        _forge.Put(Pull(7) with { Title = "Another title" });

        (await metadata.ValuesAsync()).Should().Contain("github_pr_title", "Another title");
        Asked.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("primary")]
    [InlineData("secondary")]
    [InlineData("bare")]
    public async Task Collect_RateLimited_LastAnswerWithItsAgeAndNoMoreRequests(string kind)
    {
        _forge.Put(Pull(7));
        await using MetadataFixture metadata = Create();
        await metadata.ValuesAsync();
        int wait = kind == "bare" ? 60 : 120;
        long reset = metadata.Time.GetUtcNow().ToUnixTimeSeconds() + 40 + wait;
        _forge.Fault = _ => Answer(kind switch
        {
            "primary" => ForgeServer.Respond(403, "", ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset.ToString(CultureInfo.InvariantCulture))),
            "secondary" => ForgeServer.Respond(429, "", ("Retry-After", "120")),
            _ => ForgeServer.Respond(429),
        });

        metadata.Time.Advance(TimeSpan.FromSeconds(40));
        (await metadata.ValuesAsync()).Should().Contain("github_pr_number", "7").And.Contain("github_pr_age_seconds", "40");
        metadata.Time.Advance(TimeSpan.FromSeconds(wait - 1));
        (await metadata.ValuesAsync()).Should().Contain("github_pr_number", "7");
        Asked.Should().HaveCount(2, "a limited forge is left alone until its time is over");

        _forge.Fault = null;
        metadata.Time.Advance(TimeSpan.FromSeconds(2));
        (await metadata.ValuesAsync()).Should().Contain("github_pr_age_seconds", "0");
        Asked.Should().HaveCount(3);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(200)]
    public async Task Collect_Refused_NoKeysAndAReasonWithoutTheToken(int status)
    {
        _forge.Fault = _ => Answer(ForgeServer.Respond(status, "<html>not json</html>"));
        await using MetadataFixture metadata = Create();

        Dictionary<string, string> values = await metadata.ValuesAsync();
        await metadata.ValuesAsync();

        values.Should().Contain("github_repo_name", "me/repo").And.NotContainKey("github_pr_number").And.Contain("git_status", "clean");
        _forge.Paths.Should().HaveCount(1);
        metadata.Log.Text.Should().Contain("no pull request").And.NotContain(Token);
    }

    [Fact]
    public async Task Collect_SlowForge_AnswerDoesNotWaitAndTheNextHasIt()
    {
        _forge.Put(Pull(7));
        TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _forge.Fault = async _ =>
        {
            await open.Task;
            return null;
        };
        await using MetadataFixture metadata = Create(options => options.ForgeDeadline = TimeSpan.FromMilliseconds(50));

        (await metadata.ValuesAsync()).Should().Contain("git_status", "clean").And.NotContainKey("github_pr_number");
        open.SetResult();
        await ConditionAsync(async () => (await metadata.ValuesAsync()).ContainsKey("github_pr_number"));
        Asked.Should().HaveCount(1, "the request under way is not repeated");
    }

    [Fact]
    public async Task Collect_RedirectWithinTheForge_FollowedElsewhereNot()
    {
        using ForgeServer elsewhere = new();
        elsewhere.Put(Pull(66));
        _forge.Put(Pull(7) with { Repository = "me/renamed", HeadRepository = "me/renamed" });
        _forge.Fault = request => Redirect(request, _forge.GitHub);
        await using MetadataFixture renamed = Create();
        (await renamed.ValuesAsync()).Should().Contain("github_pr_number", "7");

        _forge.Fault = request => Redirect(request, elsewhere.GitHub);
        await using MetadataFixture stolen = Create();
        (await stolen.ValuesAsync()).Should().NotContainKey("github_pr_number");
        elsewhere.Paths.Should().BeEmpty();

        static Task<ResponseMessage?> Redirect(IRequestMessage request, Uri api)
        {
            Uri asked = new(request.Url);
            string target = api + asked.PathAndQuery["/api/v3".Length..].Replace("/me/repo", "/me/renamed", StringComparison.Ordinal);
            return asked.AbsolutePath.Contains("/renamed", StringComparison.Ordinal)
                ? Task.FromResult<ResponseMessage?>(null)
                : Answer(ForgeServer.Respond(302, "", ("Location", target)));
        }
    }

    [Theory]
    [InlineData("branch.NAME.merge=refs/pull/9/head branch.NAME.remote=origin")]
    [InlineData("branch.NAME.merge=refs/heads/theirs branch.NAME.remote=https://github.example/fork/repo.git")]
    [InlineData(
        "branch.NAME.merge=refs/heads/theirs branch.NAME.remote=git@github.example:/fork/repo.git branch.NAME.pushRemote=git@github.example:/fork/repo.git")]
    [InlineData("branch.NAME.merge=refs/heads/theirs branch.NAME.remote=fork remote.fork.url=https://www.github.example/fork/repo")]
    [InlineData("branch.NAME.merge=refs/heads/theirs branch.NAME.remote=fork remote.fork.url=https://github.example/fork/repo push.default=upstream")]
    [InlineData("remote.pushDefault=fork remote.fork.url=https://github.example/fork/repo", "feature/a-b'c")]
    [InlineData("branch.NAME.pushRemote=fork remote.fork.url=ssh://git@github.example/fork/repo", "feature/a-b'c")]
    [InlineData("remote.pushDefault=fork remote.fork.url=f:fork/repo url.https://github.example/.insteadOf=f:", "feature/a-b'c")]
    [InlineData("remote.pushDefault=fork remote.fork.url=https://github.example/fork/repo remote.fork.push=+refs/heads/*:refs/heads/me/*", "me/feature/a-b'c")]
    [InlineData("remote.pushDefault=fork remote.fork.url=https://github.example/fork/repo remote.fork.push=refs/heads/feature/a-b'c:refs/heads/theirs")]
    public async Task Collect_BranchThatGitKnowsByConfiguration_ItsRequest(string settings, string branch = "theirs")
    {
        foreach (string setting in settings.Replace("NAME", "feature/a-b'c", StringComparison.Ordinal).Split(' '))
        {
            _git.Run("config", setting[..setting.IndexOf('=', StringComparison.Ordinal)], setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        }

        _forge.PutFork("fork/repo", "me/repo");
        _forge.Put(Pull(9) with { HeadRepository = "fork/repo", Branch = branch });
        await using MetadataFixture metadata = Create();

        (await metadata.ValuesAsync()).Should().Contain("github_pr_number", "9");
    }

    [Theory]
    [InlineData("main", "refs/remotes/origin/x")]
    [InlineData("release/1", "refs/remotes/origin/HEAD refs/remotes/origin/release/1")]
    [InlineData("release/1", "refs/remotes/origin/feature/a-b'c")]
    public async Task Collect_BranchBegunFromAnother_NotTheRequestOfTheOther(string followed, string references)
    {
        _git.Run("config", "branch.feature/a-b'c.remote", "origin");
        _git.Run("config", "branch.feature/a-b'c.merge", "refs/heads/" + followed);
        if (references.Split(' ') is [string symbolic, string target])
        {
            _git.Run("symbolic-ref", symbolic, target);
        }
        else
        {
            _git.Run("update-ref", references, "HEAD");
        }

        _forge.Put(Pull(1) with { Branch = followed });
        await using MetadataFixture metadata = Create();

        (await metadata.ValuesAsync()).Should().NotContainKey("github_pr_number");
    }

    [Fact]
    public async Task Collect_ForkWithoutARemoteForItsParent_RequestOfTheParent()
    {
        _forge.PutFork("me/repo", "them/repo");
        _forge.Put(Pull(31) with { Repository = "them/repo" });
        await using MetadataFixture metadata = Create();

        (await metadata.ValuesAsync()).Should().Contain("github_pr_number", "31");
    }

    [Fact]
    public async Task Collect_GitLabFork_RequestOfTheParentAndNeverAStrangers()
    {
        _git.Run("remote", "set-url", "origin", "git@gitlab.example:me/repo.git");
        _forge.PutFork("me/repo", "group/repo");
        _forge.Put(Pull(1) with { Repository = "group/repo", HeadRepository = "stranger/repo", State = "opened", UpdatedAt = 9 });
        _forge.Put(Pull(2) with { Repository = "me/repo", HeadRepository = "stranger/repo", State = "opened", UpdatedAt = 9 });
        await using MetadataFixture stranger = Create();
        (await stranger.ValuesAsync()).Should().NotContainKey("gitlab_mr_number").And.ContainKey("gitlab_mr_age_seconds");

        _forge.Put(Pull(3) with { Repository = "group/repo", State = "opened" });
        await using MetadataFixture own = Create();
        (await own.ValuesAsync()).Should().Contain("gitlab_mr_number", "3").And.Contain("gitlab_project_name", "me/repo");
    }

    [Fact]
    public async Task Collect_GitLabRequestByNumber_IsAskedForItself()
    {
        _git.Run("remote", "set-url", "origin", "git@gitlab.example:group/repo.git");
        _git.Run("config", "branch.feature/a-b'c.remote", "origin");
        _git.Run("config", "branch.feature/a-b'c.merge", "refs/merge-requests/12/head");
        _forge.Put(Pull(12) with { Repository = "group/repo", HeadRepository = "stranger/repo", State = "opened" });
        await using MetadataFixture metadata = Create();

        (await metadata.ValuesAsync()).Should().Contain("gitlab_mr_number", "12");
        _forge.Paths.Should().Equal("/api/v4/projects/group%2Frepo/merge_requests/12");
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData(null, "1")]
    [InlineData(null, "99999999999")]
    public async Task Collect_LimitThatIsOverOrNeverEnds_AskedSeldomAndAgain(string? retryAfter, string? reset)
    {
        _forge.Fault = _ => Answer(retryAfter is not null
            ? ForgeServer.Respond(429, "", ("Retry-After", retryAfter))
            : ForgeServer.Respond(403, "", ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset!)));
        await using MetadataFixture metadata = Create();
        for (int i = 0; i < 20; i++)
        {
            await metadata.ValuesAsync();
        }

        _forge.Paths.Should().HaveCount(1);
        _forge.Fault = null;
        metadata.Time.Advance(TimeSpan.FromMinutes(61));
        (await metadata.ValuesAsync()).Should().ContainKey("github_pr_age_seconds");
    }

    [Theory]
    [InlineData("https://github.evil.example/me/repo.git")]
    [InlineData("https://github.example.evil.example/me/repo.git")]
    [InlineData("https://github.example@evil.example/me/repo.git")]
    [InlineData("https://github.example/me/../../admin/repo.git")]
    [InlineData("ext::sh -c evil")]
    [InlineData("/srv/me/repo.git")]
    [InlineData("https://github.example/me/repo\n")]
    [InlineData("C:/me/repo.git")]
    public async Task Collect_RemoteElsewhere_NobodyIsAsked(string remote)
    {
        _git.Run("remote", "set-url", "origin", remote);
        await using MetadataFixture metadata = Create();

        (await metadata.ValuesAsync()).Should().ContainKey("git_branch").And.NotContainKey("github_repo_name");
        Asked.Should().BeEmpty();
    }

    private static Task<ResponseMessage?> Answer(ResponseMessage response) => Task.FromResult<ResponseMessage?>(response);

    private static ForgePull Pull(int number) => new() { Number = number, Repository = "me/repo", HeadRepository = "me/repo", Branch = "feature/a-b'c" };

    private MetadataFixture Create(Action<FleetMetadataOptions>? configure = null) => new(_git.FullPath, options =>
    {
        options.ForgeEnabled = true;
        options.ForgeDeadline = MetadataFixture.Patience;
        options.ForgeRequestTimeout = MetadataFixture.Patience;
        options.Forges.Add(new ForgeHost { Host = "github.example", Kind = ForgeKind.GitHub, ApiAddress = _forge.GitHub, Token = Token });
        options.Forges.Add(new ForgeHost { Host = "gitlab.example", Kind = ForgeKind.GitLab, ApiAddress = _forge.GitLab, Token = Token });
        configure?.Invoke(options);
    });

    private static async Task ConditionAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource patience = new(MetadataFixture.Patience);
        while (!await condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
