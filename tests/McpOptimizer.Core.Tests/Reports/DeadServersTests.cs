using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Ingestion.Look;
using McpOptimizer.Core.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Reports;

/// <summary>Servers that accept and never answer, sources that hang, registries that never come: nobody else waits for them.</summary>
public sealed class DeadServersTests
{
    [Fact]
    public async Task Look_ManyServersNeverAnswer_OthersAreTakenIn()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.Parallelism = 4);
        for (int i = 0; i < 200; i++)
        {
            optimizer.Workloads.Add($"dead{i}");
            optimizer.Backends.Hang($"dead{i}");
        }

        optimizer.Workloads.Add("good");
        optimizer.Backends.Set("good", "one");
        await optimizer.HostAsync();

        await Eventually.IsAsync(() => optimizer.List() is ["good/one"]);

        optimizer.Get<IngestionStatus>().Starting.Should().HaveCount(200);
    }

    [Fact]
    public async Task Slots_ServersThatDoNotAnswer_GiveTheirPlacesBackAfterAMoment()
    {
        FakeTimeProvider clock = new();
        using AskingSlots slots = new(2, TimeSpan.FromMilliseconds(50), clock);
        TaskCompletionSource<int> never = new();
        Task[] dead = [.. Enumerable.Range(0, 2).Select(_ => slots.RunAsync(slots.EnterAsync(), Ready, () => never.Task))];
        Task<int> good = slots.RunAsync(slots.EnterAsync(), Ready, () => Task.FromResult(1));
        good.IsCompleted.Should().BeFalse("both places are taken");

        clock.Advance(TimeSpan.FromMilliseconds(50));

        (await good.WaitAsync(Eventually.Patience)).Should().Be(1);
        never.SetResult(0);
        await Task.WhenAll(dead);
        Task<int>[] three = [.. Enumerable.Range(0, 3).Select(_ => slots.RunAsync(slots.EnterAsync(), Ready, () => Task.FromResult(2)))];
        await Task.WhenAll(three).WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task Slots_WaitingForRoom_KeepsThePlaceForAsLongAsItTakes()
    {
        FakeTimeProvider clock = new();
        using AskingSlots slots = new(1, TimeSpan.FromMilliseconds(50), clock);
        TaskCompletionSource room = new();
        Task<int> first = slots.RunAsync(slots.EnterAsync(), () => room.Task, () => Task.FromResult(1));
        Task<int> second = slots.RunAsync(slots.EnterAsync(), Ready, () => Task.FromResult(2));

        clock.Advance(TimeSpan.FromMinutes(5));

        second.IsCompleted.Should().BeFalse("whoever waits for room does not wait for a server");
        room.SetResult();
        (await Task.WhenAll(first, second).WaitAsync(Eventually.Patience)).Should().Equal(1, 2);
    }

    [Fact]
    public async Task Look_AnsweredLastTimeAndNew_ComeBeforeThoseThatDidNot()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.Parallelism = 1);
        optimizer.Workloads.Add("a-dead").Add("b-good");
        optimizer.Backends.Fail("a-dead", new IOException("refused"));
        optimizer.Backends.Set("b-good", "one");
        await optimizer.StartAsync();
        List<string> asked = [];
        optimizer.Backends.Asked = asked.Add;
        optimizer.Workloads.Add("c-new");
        optimizer.Backends.Set("c-new", "two");

        await optimizer.Ingestion.IngestWorkloadsAsync();

        asked.Should().Equal("b-good", "c-new", "a-dead");
    }

    [Fact]
    public async Task Edit_WhileAServerHangs_IsTakenInAtOnce()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.WorkloadPollingInterval = TimeSpan.Zero);
        optimizer.Workloads.TellChanges();
        optimizer.Workloads.Add("dead").Add("old");
        optimizer.Backends.Hang("dead");
        optimizer.Backends.Set("old", "zero");
        await optimizer.HostAsync();
        await Eventually.IsAsync(() => optimizer.List() is ["old/zero"]);

        optimizer.Backends.Set("added", "one");
        optimizer.Workloads.Workloads.RemoveAll(workload => workload.Name == "old");
        optimizer.Workloads.Add("added");
        optimizer.Workloads.Tell();

        await Eventually.IsAsync(() => optimizer.List() is ["added/one"]);
    }

    [Fact]
    public async Task Edit_BetweenListingAndTakingOver_LeadsToOneMoreLook()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.WorkloadPollingInterval = TimeSpan.Zero);
        optimizer.Workloads.TellChanges();
        TaskCompletionSource listed = new();
        optimizer.Workloads.Gate = listed.Task;
        optimizer.Workloads.Add("first");
        optimizer.Backends.Set("first", "one");
        optimizer.Backends.Set("second", "two");
        await optimizer.HostAsync();
        await Eventually.IsAsync(() => optimizer.Workloads.Listings > 0);

        // The listing under way knows nothing of it.
        optimizer.Workloads.Add("second");
        optimizer.Workloads.Tell();
        listed.SetResult();

        await Eventually.IsAsync(() => optimizer.List() is ["first/one", "second/two"]);
    }

    [Fact]
    public async Task Source_Hangs_OthersAreTakenIn_AndItIsWhenItAnswers()
    {
        FakeWorkloadSource slow = new("slow");
        TaskCompletionSource gate = new();
        slow.Gate = gate.Task;
        slow.Add("late");
        await using OptimizerFixture optimizer = new(
            configure: options => options.Ingestion.WorkloadPollingInterval = TimeSpan.Zero,
            services: services => services.AddSingleton<Core.Repositories.Sources.IWorkloadSource>(slow));
        optimizer.Workloads.Add("good");
        optimizer.Backends.Set("good", "one");
        optimizer.Backends.Set("late", "two");
        await optimizer.HostAsync();
        await Eventually.IsAsync(() => optimizer.List() is ["good/one"]);
        optimizer.Get<IngestionStatus>().IsFirstIngestionDone.Should().BeFalse("a source has not answered yet");

        gate.SetResult();

        await Eventually.IsAsync(() => optimizer.List() is ["good/one", "late/two"]);
        await optimizer.Get<IngestionStatus>().WaitForFirstIngestionAsync().WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task Registry_ComesAfterTheHeadStart_LinksAllTheSame()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.RegistryHeadStart = TimeSpan.Zero);
        TaskCompletionSource gate = new();
        optimizer.Registry.Gate = gate.Task;
        optimizer.Registry.AddContainer("io.acme/a", "image/a:1");
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "one");
        await optimizer.HostAsync();
        await Eventually.IsAsync(() => optimizer.List() is ["a/one"]);
        (await optimizer.WorkloadAsync("a")).RegistryServerName.Should().BeNull();

        gate.SetResult();

        await Eventually.IsAsync(async () => (await optimizer.WorkloadAsync("a")).RegistryServerName == "io.acme/a");
    }

    [Fact]
    public async Task Server_StillConnectingWhenItsListingGivesUp_IsListedAsSoonAsItIsUp()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.WorkloadPollingInterval = TimeSpan.Zero);
        optimizer.Workloads.Add("slow");
        optimizer.Backends.Connecting["slow"] = 0;
        TaskCompletionSource up = new();
        optimizer.Backends.FailThenWait("slow", new TimeoutException("did not answer within 20 s"), up.Task, "one");
        await optimizer.HostAsync();
        await Eventually.IsAsync(async () => (await optimizer.FindWorkloadAsync("slow"))?.StatusReason?.Contains("still starting", StringComparison.Ordinal) == true);
        optimizer.Get<IngestionStatus>().Starting.Should().Equal("slow");

        optimizer.Backends.Connecting.Clear();
        up.SetResult();

        await Eventually.IsAsync(() => optimizer.List() is ["slow/one"]);
        await Eventually.IsAsync(() => optimizer.Get<IngestionStatus>().Starting.Count == 0);
    }

    [Fact]
    public async Task Server_IsUpWhileItsFailureIsBeingStored_IsListedAllTheSame()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.WorkloadPollingInterval = TimeSpan.Zero);
        optimizer.Workloads.Add("slow");
        optimizer.Backends.Connecting["slow"] = 0;
        optimizer.Backends.FailThenWait("slow", new TimeoutException("did not answer within 20 s"), Task.CompletedTask, "one");
        optimizer.Backends.StatusAsked = optimizer.Backends.Connecting.Clear;

        await optimizer.HostAsync();

        await Eventually.IsAsync(() => optimizer.List() is ["slow/one"]);
    }

    [Fact]
    public async Task ListChanged_WhileTheServerIsAsked_IsAskedOnceMoreAfterwards()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Trust.Policy = TrustPolicy.Off);
        TaskCompletionSource gate = new();
        optimizer.Workloads.Add("a");
        optimizer.Backends.Wait("a", gate.Task, "old");
        await optimizer.Ingestion.LoadAsync();
        Task<IngestionReport> look = optimizer.Ingestion.IngestWorkloadsAsync();
        await Eventually.IsAsync(() => optimizer.Backends.Listings == 1);
        Task<IngestionReport>[] told = [optimizer.Ingestion.IngestWorkloadAsync("a"), optimizer.Ingestion.IngestWorkloadAsync("a")];
        optimizer.Backends.Set("a", "new");

        gate.SetResult();
        await Task.WhenAll([look, .. told]);

        optimizer.List().Should().Equal("a/new");
        optimizer.Backends.Listings.Should().Be(2, "both changes were told of before the second listing");
    }

    [Fact]
    public async Task Server_EditedWhileItHangs_IsAskedAtItsNewAddress()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("a");
        optimizer.Backends.Hang("a");
        await optimizer.Ingestion.LoadAsync();
        Task<IngestionReport> first = optimizer.Ingestion.IngestWorkloadsAsync();
        await Eventually.IsAsync(() => optimizer.Backends.Listings == 1);
        optimizer.Workloads.Move("a", new Uri("http://127.0.0.1:2/mcp"));
        optimizer.Backends.Set("a", "one");

        await optimizer.Ingestion.IngestWorkloadsAsync();

        optimizer.List().Should().Equal("a/one");
        (await first.WaitAsync(Eventually.Patience)).Changed.Should().Be(0, "its question was given up");
    }

    [Fact]
    public async Task Server_RemovedWhileItIsAsked_DoesNotComeBack()
    {
        await using OptimizerFixture optimizer = new();
        TaskCompletionSource gate = new();
        optimizer.Workloads.Add("gone").Add("stays");
        optimizer.Backends.Wait("gone", gate.Task, "one");
        optimizer.Backends.Set("stays", "two");
        await optimizer.Ingestion.LoadAsync();
        Task<IngestionReport> first = optimizer.Ingestion.IngestWorkloadsAsync();
        await Eventually.IsAsync(() => optimizer.Backends.Listings == 2);
        optimizer.Workloads.Workloads.RemoveAll(workload => workload.Name == "gone");
        await optimizer.Ingestion.IngestWorkloadsAsync();

        gate.SetResult();
        await first;

        optimizer.List().Should().Equal("stays/two");
        (await optimizer.FindWorkloadAsync("gone")).Should().BeNull();
    }

    [Theory]
    [InlineData("ok ")]
    [InlineData(" ok")]
    [InlineData("ok\u00A0")]
    [InlineData("\tok")]
    public async Task Name_WithOuterWhiteSpace_IsRefused(string name)
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add(name).Add("ok");
        optimizer.Backends.Set(name, "one");
        optimizer.Backends.Set("ok", "two");

        IngestionReport report = await optimizer.StartAsync();

        report.Problems.Should().ContainSingle().Which.Should().Contain("white space");
        optimizer.List().Should().Equal("ok/two");
    }

    [Fact]
    public async Task Problem_OfADeadServer_IsLoggedOnceUntilItChanges()
    {
        using Backends.RecordingLogs logs = new();
        await using OptimizerFixture optimizer = new(services: services => services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(logs));
        optimizer.Workloads.Add("bad");
        optimizer.Backends.Fail("bad", new IOException("refused; left alone for 30 s"));
        await optimizer.StartAsync();
        optimizer.Backends.Fail("bad", new IOException("refused; left alone for 12 s"));
        await optimizer.PollAsync();
        logs.Lines.Count(line => line.Contains("refused", StringComparison.Ordinal)).Should().Be(1);

        optimizer.Backends.Fail("bad", new IOException("no such host"));
        await optimizer.PollAsync();

        logs.Lines.Count(line => line.Contains("no such host", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task Problem_OfADeadRegistry_IsLoggedOnceUntilItComesBack()
    {
        using Backends.RecordingLogs logs = new();
        await using OptimizerFixture optimizer = new(services: services => services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(logs));
        await optimizer.StartAsync();
        optimizer.Registry.Failure = new HttpRequestException("503, again in 30 s");
        await optimizer.Ingestion.IngestRegistryAsync();
        optimizer.Registry.Failure = new HttpRequestException("503, again in 12 s");
        await optimizer.Ingestion.IngestRegistryAsync();
        Said().Should().Be(1);

        optimizer.Registry.Failure = null;
        await optimizer.Ingestion.IngestRegistryAsync();
        optimizer.Registry.Failure = new HttpRequestException("503, again in 12 s");
        await optimizer.Ingestion.IngestRegistryAsync();

        Said().Should().Be(2);

        int Said() => logs.Lines.Count(line => line.Contains("could not be read; nothing is changed", StringComparison.Ordinal));
    }

    private static Task Ready() => Task.CompletedTask;
}
