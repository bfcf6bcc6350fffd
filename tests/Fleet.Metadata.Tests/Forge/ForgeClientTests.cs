using Fleet.Metadata.Clients.Forge;
using Fleet.Metadata.Clients.Wire;
using Fleet.Metadata.Models;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Fleet.Metadata.Tests.Forge;

/// <summary>The client alone: addresses, headers, and what each status means.</summary>
public sealed class ForgeClientTests : IAsyncLifetime, IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly MetadataFixture _fixture = new(Path.GetTempPath());

    private ForgeClient Client => _fixture.Get<ForgeClient>();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task GetPulls_HardBranch_OneEncodedHeadWithItsOwnerAndTheHeadersOfTheApi()
    {
        _server
            .Given(Request.Create().UsingGet().WithPath("/api/v3/repos/o.w/r-e_p/pulls").WithParam("head", "o.w:a/b#c&d=e é").WithParam("state", "all")
                .WithHeader("Accept", "application/vnd.github+json").WithHeader("X-GitHub-Api-Version", "2022-11-28").WithHeader("Authorization", "Bearer t"))
            .RespondWith(Response.Create().WithStatusCode(200).WithHeader("ETag", "\"x\"").WithBody("""[null,{"number":7,"head":{"ref":"b","repo":null}}]"""));

        ForgeReply<GitHubPull> reply = await Client.GetPullsAsync(Host(ForgeKind.GitHub, "t"), "o.w/r-e_p", "o.w", "a/b#c&d=e é", null, CancellationToken.None);

        reply.Should().BeEquivalentTo(new { Outcome = ForgeOutcome.Answered, EntityTag = "\"x\"", RetryAfter = (TimeSpan?)null, Fault = (string?)null });
        reply.Items.Should().ContainSingle().Which.Number.Should().Be(7);
    }

    [Fact]
    public async Task GetMergeRequests_KnownTag_IsSentAndUnchanged()
    {
        _server
            .Given(Request.Create().UsingGet().WithHeader("If-None-Match", "W/\"known\""))
            .RespondWith(Response.Create().WithStatusCode(304));

        ForgeReply<GitLabMergeRequest> reply = await Client.GetMergeRequestsAsync(Host(ForgeKind.GitLab), "g/s/p", "b", "W/\"known\"", CancellationToken.None);

        reply.Outcome.Should().Be(ForgeOutcome.Unchanged);
        new Uri(_server.LogEntries.Single().RequestMessage!.Url).AbsolutePath.Should().Be("/api/v4/projects/g%2Fs%2Fp/merge_requests");
    }

    [Theory]
    [InlineData(401, "Denied", null)]
    [InlineData(403, "Denied", null)]
    [InlineData(404, "NotFound", null)]
    [InlineData(429, "Limited", 60)]
    [InlineData(429, "Limited", 7, "Retry-After", "7")]
    [InlineData(429, "Limited", 60, "Retry-After", "0")]
    [InlineData(429, "Limited", 60, "Retry-After", "Mon, 01 Jan 2001 00:00:00 GMT")]
    [InlineData(403, "Limited", 60, "Retry-After", "60")]
    [InlineData(403, "Limited", 60, "x-ratelimit-remaining", "0")]
    [InlineData(200, "Answered", 60, "RateLimit-Remaining", "0")]
    [InlineData(500, "Failed", null)]
    [InlineData(204, "Failed", null)]
    public async Task GetProject_EachStatus_ItsOutcomeAndWait(int status, string outcome, int? seconds, string header = "X-None", string value = "")
    {
        IResponseBuilder response = Response.Create().WithStatusCode(status).WithHeader(header, value);
        _server.Given(Request.Create()).RespondWith(status == 200 ? response.WithBody("""{"id":1}""") : response);

        ForgeReply<GitLabProject> reply = await Client.GetProjectAsync(Host(ForgeKind.GitLab), "g/p", CancellationToken.None);

        reply.Outcome.ToString().Should().Be(outcome);
        reply.RetryAfter.Should().Be(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null);
    }

    [Fact]
    public async Task GetRepository_DotSegment_IsNotSentElsewhere()
    {
        Func<Task> ask = () => Client.GetRepositoryAsync(Host(ForgeKind.GitHub), "o/..", CancellationToken.None);

        await ask.Should().ThrowAsync<ArgumentException>();
        _server.LogEntries.Should().BeEmpty();
    }

    private ForgeHost Host(ForgeKind kind, string? token = null) =>
        new() { Host = "forge.example", Kind = kind, Token = token, ApiAddress = new Uri(_server.Url + (kind == ForgeKind.GitHub ? "/api/v3" : "/api/v4")) };
}
