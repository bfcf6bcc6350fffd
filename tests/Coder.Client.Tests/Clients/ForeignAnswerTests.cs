using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tests.Support;
using Shared.Coder;

namespace Coder.Client.Tests.Clients;

/// <summary>Whoever stands before Coder may answer in its place, and must not be taken for it.</summary>
public sealed class ForeignAnswerTests
{
    [Theory]
    [InlineData(401, "text/html", "<html>sign in</html>")]
    [InlineData(403, "text/html; charset=utf-8", "<html>blocked</html>")]
    [InlineData(404, "text/html", "<html>nginx</html>")]
    [InlineData(404, "text/plain", "default backend - 404")]
    [InlineData(410, "application/xhtml+xml", "<html/>")]
    public async Task FindAgent_AnswerOfAProxy_IsNeitherMissingNorRefused(int status, string type, string body)
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(client: options => options.MaxRetries = 0);
        harness.State.AddIdle("henk");
        harness.Coder.Faults.Add(new Fault { Path = "/workspace/henk$", Status = status, ContentType = type, Body = body });

        CoderUnavailableException thrown = (await harness.Get<IAgentService>().Invoking(agents => agents.GetAsync("henk"))
            .Should().ThrowAsync<CoderUnavailableException>()).Which;

        thrown.Message.Should().Contain($"returned {status} with").And.Contain("instead of JSON").And.NotContain(body);
        ((int)thrown.StatusCode!).Should().Be(status);
    }

    [Fact]
    public async Task Redirect_WithUserInfo_ShowsTheHostOnly()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.Coder.Faults.Add(new Fault { Path = "/users/me$", Status = 302, Headers = { ["Location"] = "https://bob:hunter2secret@login.example.com/x?token=y" } });

        (await harness.Client.Invoking(client => client.Users.GetAsync("me")).Should().ThrowAsync<CoderApiException>())
            .WithMessage("*login.example.com*").Which.Message.Should().NotContain("hunter2secret");
    }

    [Theory]
    [InlineData("dev-build")]
    [InlineData("v0.0.0-devel+abc")]
    [InlineData("2.29.1.7-fork")]
    [InlineData("")]
    public async Task UnknownVersion_SendAndLogAndCreate_GoOn(string version)
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(coder => coder with { BuildVersion = version });
        harness.State.AddIdle("henk");
        ITaskService tasks = harness.Get<ITaskService>();

        Agent agent = await tasks.StartAsync("henk", "Fix the build");
        Page<LogEntry> log = await tasks.GetLogAsync("henk", new LogRequest { Page = new PageRequest(1, 10) });
        Agent created = await harness.Get<IAgentService>().CreateAsync(new NewAgent { Name = "piet", Project = "Setup", Task = "x" });

        agent.Name.Should().Be("henk");
        log.Items.Should().Contain(entry => entry.Content == "Fix the build");
        created.Name.Should().Be("piet");
    }

    [Fact]
    public async Task AgentApi_OkFalse_IsAFailure()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(coder => coder with { Version = "2.37.0" });
        harness.State.AddIdle("henk").AnswersNotOk = true;

        await harness.Get<ITaskService>().Invoking(tasks => tasks.StartAsync("henk", "Fix the build"))
            .Should().ThrowAsync<FleetException>().WithMessage("*did not take the task*ok: false*");
    }
}
