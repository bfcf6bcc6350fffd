using System.Text;
using Coder.Client.Clients.Wire;
using Coder.Client.Tests.Support;
using Shared.Coder;

namespace Coder.Client.Tests.Clients;

public sealed class AgentApiClientTests
{
    [Fact]
    public async Task StatusMessagesAndSending_FollowTheAgent()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        FakeWorkspace fake = harness.State.AddIdle("henk");
        Uri app = App(harness, "alice");

        (await harness.AgentApi.GetStatusAsync(app)).Should().Be(new AgentApiStatus { Status = "stable", AgentType = "claude", Transport = "pty" });
        await harness.AgentApi.SendMessageAsync(app, "Fix it");
        (await harness.AgentApi.GetStatusAsync(app)).Status.Should().Be("running");
        (await harness.AgentApi.GetMessagesAsync(app)).Select(message => (message.Id, message.Role, message.Content))
            .Should().Equal((0, "agent", "╭─ Welcome ─╮"), (1, "user", "Fix it"));
        WorkspaceAppException refused = (
            await harness.AgentApi.Invoking(api => api.SendMessageAsync(app, "More")).Should().ThrowAsync<WorkspaceAppException>()).Which;
        refused.Detail.Should().Contain("waiting for user input");
        await harness.AgentApi.SendKeysAsync(app, "\u001b");
        fake.Keys.Should().Equal("\u001b");
        (await harness.AgentApi.GetStatusAsync(app)).Status.Should().Be("stable");
    }

    [Fact]
    public async Task UploadAsync_File_ReturnsWhereItWent()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.State.AddIdle("henk");
        using MemoryStream content = new(Encoding.UTF8.GetBytes("hello"));

        AgentApiUpload upload = await harness.AgentApi.UploadAsync(App(harness, "alice"), content, "note.txt");

        upload.Should().Be(new AgentApiUpload { Ok = true, FilePath = "/tmp/upload/note.txt" });
        harness.Coder.InWorkspaces.Should().ContainSingle().Which.Body.Should().Contain("hello");
    }

    [Fact]
    public async Task ReadEventsAsync_UnknownAndBrokenEvents_AreSkipped()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.State.AddBusy("henk", "Fix it");
        List<AgentApiEvent> events = [];

        await foreach (AgentApiEvent one in harness.AgentApi.ReadEventsAsync(App(harness, "alice")))
        {
            events.Add(one);
        }

        events.Should().HaveCount(4);
        events[1].Should().BeOfType<AgentApiMessageUpdate>().Which.Message.Should().Be("Fix it");
        events[2].Should().Be(new AgentApiStatusChange { Status = "running", AgentType = "claude" });
        events[3].Should().BeOfType<AgentApiFault>().Which.Level.Should().Be("warning");
    }

    [Fact]
    public async Task AnyCall_OwnerMe_IsRefusedByTheProxy()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.State.AddIdle("henk");

        WorkspaceAppException thrown = (
            await harness.AgentApi.Invoking(api => api.GetStatusAsync(App(harness, "me"))).Should().ThrowAsync<WorkspaceAppException>()).Which;

        thrown.Message.Should().StartWith("GET /@me/henk/apps/ccw/status returned 404 with a web page");
    }

    [Fact]
    public async Task AnyCall_TokenNotAccepted_IsAFailureAndNotALoginPage()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(client: options => options.SessionToken = "wrong");
        harness.State.AddIdle("henk");

        WorkspaceAppException thrown = (
            await harness.AgentApi.Invoking(api => api.GetStatusAsync(App(harness, "alice"))).Should().ThrowAsync<WorkspaceAppException>()).Which;

        thrown.IsSignInRequired.Should().BeTrue();
        harness.Coder.Journal.Should().ContainSingle("a redirect is not followed");
    }

    [Fact]
    public async Task AnyCall_PageInsteadOfJson_IsAFailure()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.Coder.Faults.Add(new Fault { Path = "/status$", Status = 200, ContentType = "text/html", Body = "<html></html>" });

        await harness.AgentApi.Invoking(api => api.GetStatusAsync(App(harness, "alice")))
            .Should().ThrowAsync<WorkspaceAppException>().WithMessage("*text/html instead of JSON*");
    }

    [Fact]
    public async Task AnyCall_ElsewhereThanCoder_CarriesNoToken()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        await using FakeCoder elsewhere = await FakeCoder.StartAsync();

        await harness.AgentApi.Invoking(api => api.GetStatusAsync(elsewhere.Address)).Should().ThrowAsync<WorkspaceAppException>();

        elsewhere.Journal.Should().ContainSingle().Which.Headers.Values.Should().NotContain(value => value.Contains(harness.Coder.Options.Token));
    }

    [Fact]
    public async Task EveryCall_BehindTheProxy_CarriesTheTokenAsACookieOnly()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.State.AddIdle("henk");

        await harness.AgentApi.GetStatusAsync(App(harness, "alice"));

        JournalEntry atTheDoor = harness.Coder.Journal.Should().ContainSingle().Subject;
        atTheDoor.Headers.Where(header => header.Value.Contains(harness.Coder.Options.Token)).Select(header => header.Key).Should().Equal("cookie");
        harness.Coder.InWorkspaces.Should().ContainSingle().Which.Headers.Values.Should().NotContain(value => value.Contains(harness.Coder.Options.Token));
    }

    private static Uri App(ClientHarness harness, string owner) => new(harness.Coder.Address, $"/@{owner}/henk/apps/ccw/");
}
