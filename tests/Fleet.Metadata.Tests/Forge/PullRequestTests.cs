using System.Globalization;
using Fleet.Metadata.Models;
using Microsoft.AspNetCore.Http;
using Shared.Forge;
using Shared.Git;

namespace Fleet.Metadata.Tests.Forge;

/// <summary>Pull and merge requests, asked of a stub that answers like the real forges.</summary>
public sealed class PullRequestTests : IAsyncLifetime, IDisposable
{
    private const string Token = "secret-token-of-the-test";

    private readonly GitSandbox _git = new();
    private ForgeStub _forge = null!;

    public async Task InitializeAsync()
    {
        _forge = await ForgeStub.StartAsync();
        _git.Commit();
        _git.Run("checkout", "--quiet", "-b", "feature/a b'c".Replace(' ', '-'));
        _git.Run("remote", "add", "origin", "https://user:pass@github.example/me/repo.git");
    }

    public async Task DisposeAsync() => await _forge.DisposeAsync();

    public void Dispose() => _git.Dispose();

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
        _forge.Journal.Should().ContainSingle().Which.Authorization.Should().Be($"Bearer {Token}");
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
        _forge.Put(Pull(32) with { Repository = "them/repo", HeadOwner = "somebody-else" });
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
        _forge.Put(Pull(5) with { Repository = "group/sub/repo", State = state });
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
        _forge.Journal.Should().HaveCount(1);

        metadata.Time.Advance(TimeSpan.FromSeconds(10));
        (await metadata.ValuesAsync()).Should().Contain("github_pr_number", "7");
        await ConditionAsync(async () => (await metadata.ValuesAsync())["github_pr_age_seconds"] == "0");
        _forge.Journal.Should().HaveCount(2);
        _forge.Journal[1].Status.Should().Be(304, "past half of the age the answer is renewed in the background, by its tag");

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
        _forge.Journal.Should().HaveCount(2);
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
        _forge.Fault = context =>
        {
            context.Response.StatusCode = kind == "primary" ? 403 : 429;
            if (kind == "primary")
            {
                context.Response.Headers["x-ratelimit-remaining"] = "0";
                long reset = metadata.Time.GetUtcNow().ToUnixTimeSeconds() + wait;
                context.Response.Headers["x-ratelimit-reset"] = reset.ToString(CultureInfo.InvariantCulture);
            }
            else if (kind == "secondary")
            {
                context.Response.Headers.RetryAfter = "120";
            }

            return Task.FromResult(true);
        };

        metadata.Time.Advance(TimeSpan.FromSeconds(40));
        (await metadata.ValuesAsync()).Should().Contain("github_pr_number", "7").And.Contain("github_pr_age_seconds", "40");
        metadata.Time.Advance(TimeSpan.FromSeconds(wait - 1));
        (await metadata.ValuesAsync()).Should().Contain("github_pr_number", "7");
        _forge.Journal.Should().HaveCount(2, "a limited forge is left alone until its time is over");

        _forge.Fault = null;
        metadata.Time.Advance(TimeSpan.FromSeconds(2));
        (await metadata.ValuesAsync()).Should().Contain("github_pr_age_seconds", "0");
        _forge.Journal.Should().HaveCount(3);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(200)]
    public async Task Collect_Refused_NoKeysAndAReasonWithoutTheToken(int status)
    {
        _forge.Fault = async context =>
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync("<html>not json</html>");
            return true;
        };
        await using MetadataFixture metadata = Create();

        Dictionary<string, string> values = await metadata.ValuesAsync();
        await metadata.ValuesAsync();

        values.Should().Contain("github_repo_name", "me/repo").And.NotContainKey("github_pr_number").And.Contain("git_status", "clean");
        _forge.Journal.Should().HaveCount(1);
        metadata.Log.Text.Should().Contain("No pull request").And.NotContain(Token);
    }

    [Fact]
    public async Task Collect_SlowForge_AnswerDoesNotWaitAndTheNextHasIt()
    {
        _forge.Put(Pull(7));
        TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _forge.Fault = async _ =>
        {
            await open.Task;
            return false;
        };
        await using MetadataFixture metadata = Create(options => options.ForgeDeadline = TimeSpan.FromMilliseconds(50));

        (await metadata.ValuesAsync()).Should().Contain("git_status", "clean").And.NotContainKey("github_pr_number");
        open.SetResult();
        await ConditionAsync(async () => (await metadata.ValuesAsync()).ContainsKey("github_pr_number"));
        _forge.Journal.Should().HaveCount(1, "the request under way is not repeated");
    }

    [Fact]
    public async Task Collect_RedirectWithinTheForge_FollowedElsewhereNot()
    {
        await using ForgeStub elsewhere = await ForgeStub.StartAsync();
        elsewhere.Put(Pull(66));
        _forge.Put(Pull(7) with { Repository = "me/renamed" });
        _forge.Fault = context => Redirect(context, "/api/v3/repos/me/renamed/pulls" + context.Request.QueryString);
        await using MetadataFixture renamed = Create();
        (await renamed.ValuesAsync()).Should().Contain("github_pr_number", "7");

        _forge.Fault = context => Redirect(context, elsewhere.GitHub + "/repos/me/repo/pulls" + context.Request.QueryString);
        await using MetadataFixture stolen = Create();
        (await stolen.ValuesAsync()).Should().NotContainKey("github_pr_number");
        elsewhere.Journal.Should().BeEmpty();

        static Task<bool> Redirect(HttpContext context, string target)
        {
            if (context.Request.Path.Value!.Contains("/renamed/", StringComparison.Ordinal))
            {
                return Task.FromResult(false);
            }

            context.Response.Redirect(target);
            return Task.FromResult(true);
        }
    }

    [Theory]
    [InlineData("https://github.evil.example/me/repo.git")]
    [InlineData("https://github.example.evil.example/me/repo.git")]
    [InlineData("https://github.example@evil.example/me/repo.git")]
    [InlineData("https://github.example/me/../../admin/repo.git")]
    [InlineData("ext::sh -c evil")]
    [InlineData("/srv/me/repo.git")]
    public async Task Collect_RemoteElsewhere_NobodyIsAsked(string remote)
    {
        _git.Run("remote", "set-url", "origin", remote);
        await using MetadataFixture metadata = Create();

        (await metadata.ValuesAsync()).Should().ContainKey("git_branch").And.NotContainKey("github_repo_name");
        _forge.Journal.Should().BeEmpty();
    }

    private static ForgePull Pull(int number) => new() { Number = number, Repository = "me/repo", HeadOwner = "me", Branch = "feature/a-b'c" };

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
