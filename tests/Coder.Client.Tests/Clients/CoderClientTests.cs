using System.Net;
using Coder.Client.Clients.Wire;
using Coder.Client.Models;
using Coder.Client.Tests.Support;
using Shared.Coder;

namespace Coder.Client.Tests.Clients;

public sealed class CoderClientTests
{
    [Fact]
    public async Task GetPageAsync_QueryLimitOffset_AreSentAndTheTotalIsRead()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.State.AddIdle("one");
        harness.State.AddIdle("two");
        harness.State.AddIdle("three", owner: "bob");

        WorkspacePage page = await harness.Client.Workspaces.GetPageAsync("owner:me", limit: 1, offset: 1);

        page.Count.Should().Be(2);
        page.Workspaces.Should().ContainSingle().Which.Name.Should().Be("two");
        harness.Coder.Journal[^1].Query.Should().Be("?q=owner%3Ame&limit=1&offset=1");
    }

    [Fact]
    public async Task GetByNameAsync_OtherCase_ReadsTheWorkspaceWithoutItsSecrets()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        FakeWorkspace fake = harness.State.AddBusy("Henk");

        Workspace workspace = await harness.Client.Workspaces.GetByNameAsync("me", "hENK");

        workspace.Id.Should().Be(fake.Id);
        workspace.OwnerName.Should().Be("alice");
        workspace.TaskId.Should().Be(fake.TaskId);
        workspace.LastUsedAt.Should().BeNull("the zero time means never");
        workspace.CreatedAt.Should().Be(fake.CreatedAt);
        workspace.LatestAppStatus!.State.Should().Be("working");
        WorkspaceAgent agent = workspace.LatestBuild!.Resources.SelectMany(resource => resource.Agents).Should().ContainSingle().Subject;
        agent.Apps.Select(app => app.Slug).Should().Equal("ccw", "vscode");
        agent.Apps[0].Statuses.Should().ContainSingle().Which.Message.Should().Be("Working on: Fix the build");
        agent.Apps[1].Statuses.Should().BeEmpty("null stands for an empty list");
        agent.ToString().Should().NotContain("Secret");
    }

    [Fact]
    public async Task Templates_WithParametersAndCapitalisedPresets_AreRead()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        Template template = (await harness.Client.Templates.ListAsync()).Should().ContainSingle().Subject;

        template.DisplayName.Should().Be("Setup");
        template.CreatedAt.Should().Be(
            new DateTimeOffset(2025, 10, 1, 8, 0, 0, TimeSpan.Zero).AddTicks(1234567), "nine fractional digits are more than .NET keeps");
        template.BuildTimeStats!["start"].P95.Should().Be(96603);
        (await harness.Client.Templates.GetAsync(template.Id)).Name.Should().Be("coder-devcontainer");
        (await harness.Client.Templates.ListVersionsAsync(template.Id)).Should().ContainSingle().Which.Id.Should().Be(template.ActiveVersionId);
        (await harness.Client.Templates.GetVersionAsync(template.ActiveVersionId)).Job!.Status.Should().Be("succeeded");
        (await harness.Client.Templates.ListParametersAsync(template.ActiveVersionId)).Select(parameter => parameter.Name)
            .Should().Equal("AI Prompt", "system_prompt");
        IReadOnlyList<Preset> presets = await harness.Client.Templates.ListPresetsAsync(template.ActiveVersionId);
        presets.Select(preset => (preset.Name, preset.Default)).Should().Equal(("Coder", true), ("Operator", false), ("Researcher", false));
        presets[0].Parameters.Should().ContainSingle().Which.Value.Should().Be("You are a Coder.");
    }

    [Fact]
    public async Task Presets_LowerCaseSpelling_AreReadToo()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        Guid id = Guid.NewGuid();
        harness.Coder.Faults.Add(new Fault { Path = "/presets$", Status = 200, Body = $$"""[{"id":"{{id}}","name":"Coder","default":true,"parameters":null},null]""" });

        Preset preset = (await harness.Client.Templates.ListPresetsAsync(Guid.NewGuid()))[0];

        preset.Id.Should().Be(id);
        preset.Default.Should().BeTrue();
        preset.Parameters.Should().BeEmpty();
    }

    [Fact]
    public async Task OrganizationsUsersTokensRegionsAgents_AreRead()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(coder => coder with { SubdomainApps = true });
        FakeWorkspace fake = harness.State.AddIdle("henk");
        ICoderClient client = harness.Client;

        Organization organization = (await client.Organizations.ListAsync()).Should().ContainSingle().Subject;
        (await client.Organizations.GetAsync(organization.Id)).IsDefault.Should().BeTrue();
        (await client.Organizations.ListOfUserAsync("me")).Should().ContainSingle();
        User user = await client.Users.GetAsync("me");
        (user.Username, user.Roles[0].Name, user.OrganizationIds[0]).Should().Be(("alice", "owner", organization.Id));
        (await client.Users.ListTokensAsync("me", includeExpired: true)).Should().ContainSingle().Which.LastUsed.Should().BeNull();
        (await client.Users.GetTokenAsync("me", "fleet")).LifetimeSeconds.Should().Be(2592000);
        CreatedToken token = await client.Users.CreateTokenAsync("me", new CreateTokenRequest { TokenName = "new", Lifetime = 3_600_000_000_000 });
        token.Key.Should().NotBeNullOrEmpty();
        token.ToString().Should().NotContain(token.Key);
        (await client.Users.GetTokenConfigAsync("me")).MaxTokenLifetime.Should().BePositive();
        await client.Users.DeleteKeyAsync("me", "abcdefghij");
        (await client.Applications.ListRegionsAsync()).Should().ContainSingle().Which.WildcardHostname.Should().Be("*.apps.coder.test");
        (await client.Agents.GetAsync(fake.AgentId)).Name.Should().Be("main");
        (await client.Agents.GetLogsAsync(fake.AgentId, after: 0)).Should().ContainSingle().Which.Output.Should().Be("Starting the agent");
        (await client.Agents.ListPortsAsync(fake.AgentId)).Should().ContainSingle().Which.Port.Should().Be(3284);
    }

    [Fact]
    public async Task Builds_QueueReadCancelAndLog_FollowTheServer()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        FakeWorkspace fake = harness.State.AddIdle("henk");
        ICoderClient client = harness.Client;

        WorkspaceBuild build = await client.Workspaces.CreateBuildAsync(fake.Id, new CreateBuildRequest { Transition = "stop" });

        (build.Status, build.BuildNumber, build.Transition).Should().Be(("pending", 2, "stop"));
        await client.Invoking(one => one.Workspaces.CreateBuildAsync(fake.Id, new CreateBuildRequest { Transition = "start" }))
            .Should().ThrowAsync<CoderConflictException>();
        await client.Invoking(one => one.Builds.CancelAsync(build.Id)).Should().ThrowAsync<CoderForbiddenException>();
        fake.Template.AllowCancel = true;
        await client.Builds.CancelAsync(build.Id);
        (await client.Builds.GetAsync(build.Id)).Status.Should().Be("canceled");
        (await client.Builds.GetByNumberAsync("me", "henk", 2)).Id.Should().Be(build.Id);
        (await client.Workspaces.ListBuildsAsync(fake.Id)).Select(one => one.BuildNumber).Should().Equal(2, 1);
        (await client.Builds.GetLogsAsync(build.Id)).Should().ContainSingle().Which.Stage.Should().Be("Planning");
        (await client.Builds.GetParametersAsync(build.Id)).Should().ContainSingle().Which.Name.Should().Be("AI Prompt");
    }

    [Fact]
    public async Task SmallWrites_OfAWorkspace_AreWellFormed()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        FakeWorkspace fake = harness.State.AddIdle("henk");

        await harness.Client.Workspaces.RenameAsync(fake.Id, "piet");
        await harness.Client.Workspaces.SetFavoriteAsync(fake.Id, true);
        await harness.Client.Workspaces.SetFavoriteAsync(fake.Id, false);
        await harness.Client.Workspaces.SetTimeToLiveAsync(fake.Id, TimeSpan.FromHours(1));
        await harness.Client.Workspaces.ExtendAsync(fake.Id, harness.Clock.GetUtcNow().AddHours(2));
        (await harness.Client.Workspaces.SetDormantAsync(fake.Id, false)).Name.Should().Be("piet");

        harness.Coder.Journal.Select(entry => $"{entry.Method} {entry.Body}").Should().Equal(
            "PATCH {\"name\":\"piet\"}", "PUT ", "DELETE ", "PUT {\"ttl_ms\":3600000}", "PUT {\"deadline\":\"2026-03-01T11:00:00+00:00\"}", "PUT {\"dormant\":false}");
    }

    [Fact]
    public async Task CreateAsync_Conflict_CarriesCodersWords()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.State.AddIdle("henk");
        CreateWorkspaceRequest request = new() { Name = "HENK", TemplateId = harness.State.Template.Id };

        CoderConflictException thrown = (
            await harness.Client.Invoking(client => client.Workspaces.CreateAsync("me", request)).Should().ThrowAsync<CoderConflictException>()).Which;

        thrown.StatusCode.Should().Be(HttpStatusCode.Conflict);
        thrown.CoderMessage.Should().Be("Workspace \"HENK\" already exists.");
        thrown.Validations.Should().ContainSingle().Which.Field.Should().Be("name");
        (thrown.Method, thrown.Path).Should().Be(("POST", "/api/v2/users/me/workspaces"));
        thrown.RequestId.Should().NotBeNullOrEmpty();
        harness.Coder.Journal[^1].Body.Should().Be($$"""{"name":"HENK","template_id":"{{harness.State.Template.Id}}"}""", "what is not given is not sent");
    }

    [Fact]
    public async Task CreateAsync_BadName_NamesTheField()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        CreateWorkspaceRequest request = new() { Name = "bad_name", TemplateId = harness.State.Template.Id };

        CoderValidationException thrown = (
            await harness.Client.Invoking(client => client.Workspaces.CreateAsync("me", request)).Should().ThrowAsync<CoderValidationException>()).Which;

        thrown.Message.Should().Contain("Validation failed.").And.Contain("workspace_name");
    }

    [Theory]
    [InlineData(400, typeof(CoderValidationException), false)]
    [InlineData(401, typeof(CoderUnauthorizedException), false)]
    [InlineData(403, typeof(CoderForbiddenException), false)]
    [InlineData(404, typeof(CoderNotFoundException), false)]
    [InlineData(409, typeof(CoderConflictException), false)]
    [InlineData(410, typeof(CoderGoneException), false)]
    [InlineData(418, typeof(CoderApiException), false)]
    [InlineData(500, typeof(CoderUnavailableException), true)]
    public async Task AnyCall_RefusedByStatus_ThrowsItsException(int status, Type type, bool transient)
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.Coder.Faults.Add(new Fault { Path = "/users/me$", Status = status, Body = """{"message":"No.","detail":"because"}""" });

        CoderApiException thrown = (await harness.Client.Invoking(client => client.Users.GetAsync("me")).Should().ThrowAsync<CoderApiException>()).Which;

        thrown.Should().BeOfType(type);
        (thrown.CoderMessage, thrown.Detail, thrown.IsTransient).Should().Be(("No.", "because", transient));
        thrown.Message.Should().Be($"GET /api/v2/users/me returned {status}: No.");
    }

    [Fact]
    public async Task GetAsync_DeletedWorkspace_IsGoneUnlessAskedFor()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        FakeWorkspace fake = harness.State.AddIdle("henk");
        harness.State.QueueBuild(fake, "delete");
        harness.Clock.Advance(TimeSpan.FromMinutes(1));

        await harness.Client.Invoking(client => client.Workspaces.GetAsync(fake.Id)).Should().ThrowAsync<CoderGoneException>();
        (await harness.Client.Workspaces.GetAsync(fake.Id, includeDeleted: true)).LatestBuild!.Status.Should().Be("deleted");
    }

    [Fact]
    public async Task AnyCall_HtmlErrorPage_KeepsItsStatus()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.Coder.Faults.Add(new Fault { Path = "/users/me$", Status = 500, ContentType = "text/html", Body = "<html>secret page</html>" });

        CoderApiException thrown = (
            await harness.Client.Invoking(client => client.Users.GetAsync("me")).Should().ThrowAsync<CoderUnavailableException>()).Which;

        thrown.Message.Should().Be("GET /api/v2/users/me returned 500 with a web page (text/html instead of JSON): a proxy or a sign-in page answered, or the address is not the right one.");
    }

    [Theory]
    [InlineData("text/html", "<html>login</html>", "with a web page (text/html instead of JSON): a proxy or a sign-in page answered, or the address is not the right one")]
    [InlineData("application/json", "{\"id\":", "with JSON of an unexpected shape")]
    [InlineData("application/json", "[]", "with JSON of an unexpected shape")]
    [InlineData("application/json", "null", "with null")]
    public async Task AnyCall_SuccessThatIsNotWhatWasAskedFor_SaysSo(string type, string body, string how)
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.Coder.Faults.Add(new Fault { Path = "/users/me$", Status = 200, ContentType = type, Body = body });

        CoderApiException thrown = (await harness.Client.Invoking(client => client.Users.GetAsync("me")).Should().ThrowAsync<CoderApiException>()).Which;

        thrown.Message.Should().Be($"GET /api/v2/users/me answered 200 {how}.");
    }

    [Fact]
    public async Task AnyCall_Redirect_IsNotFollowed()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        await using FakeCoder elsewhere = await FakeCoder.StartAsync();
        harness.Coder.Faults.Add(new Fault { Path = "/users/me$", Status = 307, Headers = { ["Location"] = elsewhere.Address + "api/v2/users/me" } });

        CoderApiException thrown = (await harness.Client.Invoking(client => client.Users.GetAsync("me")).Should().ThrowAsync<CoderApiException>()).Which;

        thrown.Message.Should().Contain("redirect to " + elsewhere.Address.GetLeftPart(UriPartial.Authority));
        elsewhere.Journal.Should().BeEmpty("the token must not travel");
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Get_PassingFailure_IsRepeated(int status)
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.Coder.Faults.Add(new Fault { Path = "/users/me$", Status = status, Times = 2 });

        User user = await harness.Clock.PumpAsync(harness.Client.Users.GetAsync("me"));

        user.Username.Should().Be("alice");
        harness.Coder.Journal.Should().HaveCount(3);
    }

    [Fact]
    public async Task Get_BrokenConnection_IsRepeated()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.Coder.Faults.Add(new Fault { Path = "/users/me$", Drop = true });

        (await harness.Clock.PumpAsync(harness.Client.Users.GetAsync("me"))).Username.Should().Be("alice");
    }

    [Fact]
    public async Task Get_FailureThatStays_IsToldAfterTheLastAttempt()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(client: options => options.MaxRetries = 1);
        harness.Coder.Faults.Add(new Fault { Path = "/users/me$", Status = 503, Times = 10 });

        await harness.Clock.PumpAsync(harness.Client.Invoking(client => client.Users.GetAsync("me")).Should().ThrowAsync<CoderUnavailableException>());

        harness.Coder.Journal.Should().HaveCount(2);
    }

    [Fact]
    public async Task Post_PassingFailure_IsNeverRepeated()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        FakeWorkspace fake = harness.State.AddIdle("henk");
        harness.Coder.Faults.Add(new Fault { Path = "/builds$", Status = 502, Times = 5 });

        await harness.Client.Invoking(client => client.Workspaces.CreateBuildAsync(fake.Id, new CreateBuildRequest { Transition = "stop" }))
            .Should().ThrowAsync<CoderUnavailableException>();

        harness.Coder.Journal.Should().ContainSingle();
    }

    [Fact]
    public async Task Get_RateLimitedForAMoment_WaitsAsLongAsCoderAsks()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        long reset = harness.Clock.GetUtcNow().AddSeconds(3).ToUnixTimeSeconds();
        harness.Coder.Faults.Add(new Fault { Path = "/users/me$", Status = 429, Headers = { ["X-Ratelimit-Reset"] = $"{reset}" } });
        DateTimeOffset begun = harness.Clock.GetUtcNow();

        await harness.Clock.PumpAsync(harness.Client.Users.GetAsync("me"));

        (harness.Clock.GetUtcNow() - begun).Should().BeCloseTo(TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(5));
        harness.Coder.Journal.Should().HaveCount(2);
    }

    [Fact]
    public async Task Get_RateLimitedForLong_FailsAtOnceAndSaysHowLong()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        long reset = harness.Clock.GetUtcNow().AddSeconds(42).ToUnixTimeSeconds();
        harness.Coder.Faults.Add(new Fault { Path = "/users/me$", Status = 429, Headers = { ["X-Ratelimit-Reset"] = $"{reset}" } });

        CoderRateLimitException thrown = (
            await harness.Client.Invoking(client => client.Users.GetAsync("me")).Should().ThrowAsync<CoderRateLimitException>()).Which;

        thrown.RetryAfter.Should().Be(TimeSpan.FromSeconds(42));
        harness.Coder.Journal.Should().ContainSingle();
    }

    [Fact]
    public async Task AnyCall_NoAnswer_EndsAtTheDeadline()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(client: options => options.RequestTimeout = TimeSpan.FromSeconds(4));
        harness.Coder.Faults.Add(new Fault { Path = "/users/me$", Hang = true });

        Task<User> call = harness.Client.Users.GetAsync("me");
        await harness.Clock.AdvanceWhenAsync(() => harness.Coder.Journal.Count == 1, TimeSpan.FromSeconds(4));

        CoderUnavailableException thrown = (await call.Invoking(task => task).Should().ThrowAsync<CoderUnavailableException>()).Which;
        thrown.Message.Should().Be("GET /api/v2/users/me got no answer within 4 s.");
        thrown.IsTransient.Should().BeTrue();
    }

    [Fact]
    public async Task AnyCall_CancelledByTheCaller_IsCancelledAndNotAFailure()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.Coder.Faults.Add(new Fault { Path = "/users/me$", Hang = true });
        using CancellationTokenSource stop = new();
        Task<User> call = harness.Client.Users.GetAsync("me", stop.Token);
        await stop.CancelAsync();

        await call.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task AnyCall_NobodyListens_IsUnavailable()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(client: options =>
        {
            options.BaseAddress = new Uri("http://127.0.0.1:1");
            options.MaxRetries = 0;
        });

        CoderUnavailableException thrown = (
            await harness.Client.Invoking(client => client.Users.GetAsync("me")).Should().ThrowAsync<CoderUnavailableException>()).Which;

        thrown.Message.Should().StartWith("GET /api/v2/users/me could not reach Coder: ");
    }

    [Fact]
    public async Task Listing_WithNullsUnknownWordsAndBrokenIds_IsStillRead()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.Coder.Faults.Add(new Fault
        {
            Path = "/workspaces$",
            Status = 200,
            Body = """
                   {"count":3,"workspaces":[null,{"id":"00000001-0000-4000-8000-000000000000","name":"a","latest_build":null,"extra":{"deep":[1]}},
                    {"id":"broken","name":"b","created_at":"no time","task_id":"00000000-0000-0000-0000-000000000000",
                     "latest_build":{"status":"dreaming","resources":[null,{"agents":null},{"agents":[null,{"apps":null}]}]}}]}
                   """,
        });

        WorkspacePage page = await harness.Client.Workspaces.GetPageAsync();

        page.Workspaces.Should().HaveCount(2);
        page.Workspaces[0].LatestBuild.Should().BeNull();
        (page.Workspaces[1].Id, page.Workspaces[1].CreatedAt, page.Workspaces[1].TaskId, page.Workspaces[1].LatestBuild!.Status)
            .Should().Be((Guid.Empty, null, null, "dreaming"));
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", 0)]
    [InlineData("2026-01-02T04:04:05.5+01:00", 5000000)]
    [InlineData("2026-01-02T03:04:05.123456789Z", 1234567)]
    public async Task Times_WithAnyOffsetAndPrecision_AreRead(string text, int ticks)
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.Coder.Faults.Add(new Fault { Path = "/users/me$", Status = 200, Body = $$"""{"created_at":"{{text}}"}""" });

        (await harness.Client.Users.GetAsync("me")).CreatedAt.Should().Be(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(ticks));
    }

    [Fact]
    public async Task GetVersionAsync_AfterAnyAnswer_NeedsNoCallAndNoticesAnUpgrade()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(coder => coder with { Version = "2.27.1" });

        (await harness.Client.GetVersionAsync()).Should().Be(new CoderVersion(2, 27, 1));
        harness.Coder.Upgrade("2.34.3");
        await harness.Client.Users.GetAsync("me");
        (await harness.Client.GetVersionAsync()).Should().Be(new CoderVersion(2, 34, 3));
        harness.Coder.Journal.Count(entry => entry.Path == "/api/v2/buildinfo").Should().Be(1);
    }

    [Fact]
    public async Task Names_WithSpecialCharacters_CannotChangeThePath()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();

        await harness.Client.Invoking(client => client.Workspaces.GetByNameAsync("me", "../../users?x=1#y")).Should().ThrowAsync<CoderNotFoundException>();

        harness.Coder.Journal.Should().ContainSingle().Which.Query.Should().BeEmpty();
    }
}
