using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shared.Testing;
using Shared.ToolHive;
using ToolHive.Client.Models.System;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Tests.Support;

namespace ToolHive.Client.Tests.Clients;

public sealed class ResilienceTests : IDisposable
{
    private const string List = "/api/v1beta/workloads";

    private readonly TemporaryFolder _folder = new();

    private string DiscoveryPath => _folder.Combine("server", "server.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ListAsync_ToolHiveMovesDuringTheCall_AnswersFromTheNewPort()
    {
        FakeToolHive fake = await FakeToolHive.StartAsync();
        await using ToolHiveFixture toolHive = Roaming(fake);
        fake.AddWorkload("time");
        Fault held = fake.Faults.Add(new Fault { Path = List, Kind = FaultKind.Delay, Gate = new TaskCompletionSource().Task });

        Task<WorkloadListing> call = toolHive.Client.Workloads.ListAsync();
        await fake.Journal.WaitForAsync(entries => entries.Any(entry => entry.Path == List));
        fake.Faults.Remove(held);
        await fake.RestartOnNewPortAsync();
        fake.WriteDiscoveryFile(DiscoveryPath);

        (await call).Items.Should().ContainSingle().Which.Name.Should().Be("time");
    }

    [Fact]
    public async Task ListAsync_TwentyCallersAfterALoss_ShareOneRediscovery()
    {
        FakeToolHive fake = await FakeToolHive.StartAsync();
        await using ToolHiveFixture toolHive = Roaming(fake);
        using DiscoveryCounter discoveries = new(toolHive.Services);
        await toolHive.Client.Workloads.ListAsync();
        await fake.RestartOnNewPortAsync();
        fake.WriteDiscoveryFile(DiscoveryPath);
        fake.Journal.Clear();
        TaskCompletionSource release = new();
        fake.Faults.Add(new Fault { Path = "/health", Kind = FaultKind.Delay, Gate = release.Task });

        Task<WorkloadListing>[] calls = [.. Enumerable.Range(0, 20).Select(_ => toolHive.Client.Workloads.ListAsync())];
        await fake.Journal.WaitForAsync(entries => entries.Any(entry => entry.Path == "/health"));
        release.SetResult();
        await Task.WhenAll(calls);

        discoveries.Found.Should().Be(2, "one at the start and one after the loss");
        fake.Journal.Count("GET", "/health").Should().Be(1);
    }

    [Fact]
    public async Task ListAsync_ThirtyMinutesOfAbsence_GoesOnByItselfWithSharedAttempts()
    {
        PausesClock clock = new();
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync(
            options =>
            {
                // The settings of the reference; requests are guarded by a timeout that the clock never reaches.
                options.InitialBackoff = TimeSpan.FromSeconds(1);
                options.MaxBackoff = TimeSpan.FromSeconds(60);
                options.MaxAttempts = 100;
                options.MaxRetryDuration = Timeout.InfiniteTimeSpan;
                options.RequestTimeout = TimeSpan.FromHours(1);
            },
            clock);
        using DiscoveryCounter discoveries = new(toolHive.Services);
        toolHive.Fake.AddWorkload("time");
        await toolHive.Client.Workloads.ListAsync();
        int port = toolHive.Fake.Port;
        await toolHive.Fake.StopAsync();
        DateTimeOffset back = clock.GetUtcNow() + TimeSpan.FromMinutes(30);

        Task<WorkloadListing>[] calls = [.. Enumerable.Range(0, 20).Select(_ => toolHive.Client.Workloads.ListAsync())];
        await clock.PumpAsync(() => clock.GetUtcNow() >= back);
        calls.Should().OnlyContain(call => !call.IsCompleted);
        int failed = discoveries.Failed;
        await toolHive.Fake.StartAgainAsync(port);
        await clock.PumpAsync(() => calls.All(call => call.IsCompleted));

        (await Task.WhenAll(calls)).Should().OnlyContain(listing => listing.Items.Count == 1);
        failed.Should().BeInRange(30, 80, "twenty callers share the attempts of one");
        (clock.GetUtcNow() - back).Should().BeLessThan(TimeSpan.FromSeconds(122), "the longest pause is a minute");
    }

    [Fact]
    public async Task ListAsync_AnotherProgramTookThePort_LooksForToolHive()
    {
        FakeToolHive fake = await FakeToolHive.StartAsync();
        await using ToolHiveFixture toolHive = Roaming(fake);
        await toolHive.Client.Workloads.ListAsync();
        int port = fake.Port;
        await fake.StopAsync();
        await using LoopbackServer squatter = new(app => app.Run(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<html>hello</html>");
        }));
        await squatter.StartAsync(port);
        await fake.StartAgainAsync();
        fake.WriteDiscoveryFile(DiscoveryPath);
        fake.AddWorkload("time");

        (await toolHive.Client.Workloads.ListAsync()).Items.Should().ContainSingle();
    }

    [Fact]
    public async Task CreateAsync_ConnectionBreaksAfterSending_IsNotRepeated()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.Faults.Add(new Fault { Path = List, Method = "POST", Kind = FaultKind.Abort });

        Func<Task> create = () => toolHive.Client.Workloads.CreateAsync(new CreateWorkloadRequest { Name = "a", Image = "b" });

        (await create.Should().ThrowAsync<ToolHiveUnavailableException>()).WithMessage(
            "POST /api/v1beta/workloads was sent but got no answer*look before repeating it.");
        toolHive.Fake.Journal.Count("POST", List).Should().Be(1);
    }

    [Fact]
    public async Task StopAsync_ToolHiveIsDownAtFirst_IsSentOnceItIsBack()
    {
        FakeToolHive fake = await FakeToolHive.StartAsync();
        await using ToolHiveFixture toolHive = Roaming(fake);
        using DiscoveryCounter discoveries = new(toolHive.Services);
        fake.AddWorkload("time");
        await fake.StopAsync();

        Task stop = toolHive.Client.Workloads.StopAsync("time");
        while (discoveries.Failed == 0)
        {
            await Task.Yield();
        }

        await fake.StartAgainAsync();
        fake.WriteDiscoveryFile(DiscoveryPath);
        await stop;

        fake.Journal.Count("POST", List + "/time/stop").Should().Be(1);
    }

    [Theory]
    [InlineData(FaultKind.Abort)]
    [InlineData(FaultKind.AbortMidway)]
    public async Task ListAsync_ConnectionBreaksTwice_IsRepeated(FaultKind fault)
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddWorkload("time");
        toolHive.Fake.Faults.Add(fault, List, times: 2);

        (await toolHive.Client.Workloads.ListAsync()).Items.Should().ContainSingle();
        toolHive.Fake.Journal.Count("GET", List).Should().Be(3);
    }

    [Fact]
    public async Task ListAsync_NoAnswer_TimesOutAndSaysSo()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync(options =>
        {
            options.RequestTimeout = TimeSpan.FromMilliseconds(300);
            options.MaxAttempts = 2;
        });
        toolHive.Fake.Faults.Add(FaultKind.Hang, List);

        Func<Task> list = () => toolHive.Client.Workloads.ListAsync();

        (await list.Should().ThrowAsync<ToolHiveUnavailableException>()).WithMessage("*no answer within 0.3 s*");
    }

    [Fact]
    public async Task ListAsync_ServerError_IsNotRepeated()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.Faults.Fail(List, 500);

        Func<Task> list = () => toolHive.Client.Workloads.ListAsync();

        ToolHiveApiException error = (await list.Should().ThrowAsync<ToolHiveApiException>()).Which;
        (error.StatusCode, error.IsTransient, error.ResponseBody).Should().Be((HttpStatusCode.InternalServerError, true, "Internal Server Error"));
        toolHive.Fake.Journal.Count("GET", List).Should().Be(1);
    }

    [Fact]
    public async Task ListAsync_RetryAfter_IsHonoured()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        Fault busy = new() { Path = List, Status = 503, Times = 1 };
        busy.Headers["Retry-After"] = "0";
        toolHive.Fake.Faults.Add(busy);

        (await toolHive.Client.Workloads.ListAsync()).IsComplete.Should().BeTrue();
        toolHive.Fake.Journal.Count("GET", List).Should().Be(2);
    }

    [Fact]
    public async Task ListAsync_CancelledWhileToolHiveIsAway_StopsAtOnce()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync(options =>
        {
            options.InitialBackoff = options.MaxBackoff = TimeSpan.FromMinutes(1);
            options.MaxRetryDuration = Timeout.InfiniteTimeSpan;
        });
        using DiscoveryCounter discoveries = new(toolHive.Services);
        await toolHive.Fake.StopAsync();
        using CancellationTokenSource stop = new();

        Task call = toolHive.Client.Workloads.ListAsync(cancellationToken: stop.Token);
        while (discoveries.Failed == 0)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();

        await call.Invoking(task => task.WaitAsync(TimeSpan.FromSeconds(10))).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Dispose_CallersWait_AreReleased()
    {
        ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync(options =>
        {
            options.InitialBackoff = options.MaxBackoff = TimeSpan.FromMinutes(1);
            options.MaxRetryDuration = Timeout.InfiniteTimeSpan;
        });
        using DiscoveryCounter discoveries = new(toolHive.Services);
        await toolHive.Fake.StopAsync();
        Task call = toolHive.Client.Workloads.ListAsync();
        while (discoveries.Failed == 0)
        {
            await Task.Yield();
        }

        await toolHive.DisposeAsync();

        await call.Invoking(task => task.WaitAsync(TimeSpan.FromSeconds(10))).Should().ThrowAsync<Exception>().Where(
            e => e is OperationCanceledException || e is ObjectDisposedException);
    }

    [Fact]
    public async Task GetVersionAsync_NeverThere_FailsWithinTheBudget()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync(options => options.MaxRetryDuration = TimeSpan.Zero);
        await toolHive.Fake.StopAsync();

        Func<Task> ask = () => toolHive.Client.System.GetVersionAsync();

        await ask.Should().ThrowAsync<ToolHiveUnavailableException>();
    }

    [Fact]
    public async Task GetHealthAsync_RuntimeDown_IsAnAnswer()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.IsHealthy = false;

        HealthStatus health = await toolHive.Client.System.GetHealthAsync();

        health.Should().Be(new HealthStatus { IsHealthy = false, Nonce = toolHive.Fake.Nonce, Message = "container runtime is not available" });
    }

    [Fact]
    public async Task CreateSecretAsync_ServerRepeatsTheValue_IsCutOutEverywhere()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync(options => options.BearerToken = "bearer-value-1234");
        await toolHive.Client.Secrets.CreateAsync("github", "ghp_veryVerySecret");

        Func<Task> again = () => toolHive.Client.Secrets.CreateAsync("github", "ghp_veryVerySecret");

        ToolHiveApiException error = (await again.Should().ThrowAsync<ToolHiveApiException>()).Which;
        (error + error.ResponseBody).Should().Contain("already exists").And.NotContain("ghp_");
        toolHive.Log.Text.Should().NotContain("ghp_").And.NotContain("bearer-value-1234");
        new OidcSettings { ClientSecret = "hidden" }.ToString().Should().NotContain("hidden");
    }

    [Fact]
    public void Options_SeveralFaults_AreNamedInOneMessage()
    {
        ServiceCollection services = new();
        services.AddToolHiveClient(options =>
        {
            options.BaseAddress = new Uri("ftp://somewhere");
            options.MaxAttempts = 0;
            options.ScanEndPort = 1;
            options.Host = "a b";
            options.MaxBackoff = TimeSpan.Zero;
        });
        using ServiceProvider provider = services.BuildServiceProvider();

        Func<ToolHiveClientOptions> read = () => provider.GetRequiredService<IOptions<ToolHiveClientOptions>>().Value;

        read.Should().Throw<OptionsValidationException>().Which.Message.Should()
            .Contain("BaseAddress").And.Contain("MaxAttempts").And.Contain("ScanEndPort").And.Contain("'a b'").And.Contain("MaxBackoff");
    }

    [Fact]
    public void ReadEnvironment_ReferenceNames_AreTakenOver()
    {
        Dictionary<string, string> environment = new()
        {
            ["TOOLHIVE_HOST"] = "host.docker.internal",
            ["TOOLHIVE_PORT"] = "8080",
            ["TOOLHIVE_START_PORT_SCAN"] = "40000",
            ["TOOLHIVE_END_PORT_SCAN"] = "40010",
            ["TOOLHIVE_TIMEOUT"] = "7",
            ["TOOLHIVE_MAX_RETRIES"] = "5",
            ["TOOLHIVE_INITIAL_BACKOFF"] = "0.5",
            ["TOOLHIVE_MAX_BACKOFF"] = "20",
            ["RUNNING_IN_DOCKER"] = "1",
        };
        ToolHiveClientOptions options = new();

        options.ReadEnvironment(environment.GetValueOrDefault);

        options.Should().BeEquivalentTo(new
        {
            Host = "host.docker.internal",
            Port = 8080,
            ScanStartPort = 40000,
            ScanEndPort = 40010,
            RequestTimeout = TimeSpan.FromSeconds(7),
            MaxAttempts = 5,
            InitialBackoff = TimeSpan.FromSeconds(0.5),
            MaxBackoff = TimeSpan.FromSeconds(20),
            RewriteLoopbackHosts = true,
        });
        options.Invoking(o => o.ReadEnvironment(name => name == "TOOLHIVE_PORT" ? "many" : null)).Should().Throw<FormatException>().WithMessage(
            "TOOLHIVE_PORT is 'many'; it must be a whole number.");
    }

    [Fact]
    public async Task AddToolHiveClient_Twice_SendsOneToken()
    {
        await using FakeToolHive fake = await FakeToolHive.StartAsync();
        ServiceCollection services = new();
        services.AddToolHiveClient(options => options.BearerToken = "one-token");
        services.AddToolHiveClient(options => options.BaseAddress = fake.BaseAddress);
        await using ServiceProvider provider = services.BuildServiceProvider();
        fake.RequiredToken = "one-token";

        await provider.GetRequiredService<IToolHiveClient>().Workloads.ListAsync();

        fake.Journal.Entries[^1].Headers["Authorization"].Should().Be("Bearer one-token");
    }

    // As with a desktop ToolHive: the file says where it is.
    private ToolHiveFixture Roaming(FakeToolHive fake)
    {
        fake.WriteDiscoveryFile(DiscoveryPath);
        return ToolHiveFixture.Create(fake, options =>
        {
            options.UseDiscoveryFile = true;
            options.DiscoveryFilePath = DiscoveryPath;
        });
    }
}
