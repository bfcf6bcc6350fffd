using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fleet.Metadata.Json;
using Fleet.Metadata.Models;
using Fleet.Metadata.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shared.Testing;

namespace Fleet.Metadata.Tests.Services;

/// <summary>Merging, limits, deadlines and coalescing, with collectors of the test beside the real ones.</summary>
public sealed class MetadataServiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GetAll_Workspace_CodersNames()
    {
        await using MetadataFixture metadata = new(_folder.FullPath);
        metadata.Environment["CODER_WORKSPACE_ID"] = "id";
        metadata.Environment["CODER_WORKSPACE_NAME"] = "name";
        metadata.Environment["CODER_WORKSPACE_OWNER_NAME"] = "owner";
        metadata.Environment["CODER_AGENT_NAME"] = "old";

        (await metadata.ValuesAsync()).Should().Contain("workspace_id", "id").And.Contain("workspace_name", "name").And.Contain("workspace_owner", "owner")
            .And.Contain("workspace_agent_name", "old");
        metadata.Environment["CODER_WORKSPACE_AGENT_NAME"] = "new";
        (await metadata.ValuesAsync()).Should().Contain("workspace_agent_name", "new");
    }

    [Fact]
    public async Task GetAll_ValuesAtTheLimit_KeptCutOrDropped()
    {
        await using MetadataFixture metadata = Create(sink =>
        {
            sink.SetText("exact", new string('a', 4094), "d");
            sink.SetText("longer", new string('a', 4095), "d");
            sink.SetText("quotes", new string('"', 4000), "d");
            sink.SetText("emoji", string.Concat(Enumerable.Repeat("👩‍👩‍👧", 400)), new string('é', 300));
            sink.SetText(new string('k', 256), "x", "d");
            sink.SetText(new string('l', 257), "x", "d");
            sink.SetChoice("choice", new string('w', 5000), [new string('w', 5000)], "d");
            sink.SetText("control", "a\0b\u001b[31m\u0085c\ud800", "d\n\0");
        });

        IReadOnlyDictionary<string, MetadataEntry> data = await metadata.CollectAsync();

        data["exact"].Value.Text.Should().HaveLength(4094);
        Size(data["longer"].Value).Should().BeInRange(4090, 4096);
        data["longer"].Value.Text.Should().EndWith("a…");
        Size(data["quotes"].Value).Should().BeInRange(4090, 4096);
        Size(data["emoji"].Value).Should().BeInRange(4060, 4096);
        data["emoji"].Value.Text.Should().EndWith("👩‍👩‍👧…", "a character of several parts is not cut apart");
        data["emoji"].Schema.Description.Should().HaveLength(256);
        data.Should().ContainKey(new string('k', 256)).And.NotContainKey(new string('l', 257)).And.NotContainKey("choice");
        data["control"].Value.Text.Should().Be("a\uFFFDb\uFFFD[31m\uFFFDc\uFFFD");
        metadata.Log.Text.Should().Contain("'longer' is cut").And.Contain("is left out");
    }

    [Fact]
    public async Task GetAll_TotalTooLarge_LastKeysAreDropped()
    {
        await using MetadataFixture metadata = Create(sink =>
        {
            for (int i = 0; i < 400; i++)
            {
                sink.SetText($"key{i:000}", new string('é', 2000), "d");
            }
        });

        IReadOnlyDictionary<string, MetadataEntry> data = await metadata.CollectAsync();

        JsonTypeInfo type = FleetMetadataJson.DefaultOptions.GetTypeInfo(typeof(IReadOnlyDictionary<string, MetadataEntry>));
        int size = JsonSerializer.SerializeToUtf8Bytes(data, type).Length;
        size.Should().BeInRange(1_040_000, 1_048_576);
        data.Should().ContainKey("key000").And.ContainKey("key200").And.NotContainKey("key399").And.NotContainKey("workspace_task_status");
    }

    [Fact]
    public async Task GetAll_CollectorThrows_OthersAndWhatItHadAreThere()
    {
        await using MetadataFixture metadata = Create(sink =>
        {
            sink.SetText("early", "here", "d");
            throw new InvalidOperationException("a defect");
        });

        (await metadata.ValuesAsync()).Should().Contain("early", "here").And.ContainKey("workspace_task_status");
        metadata.Log.Text.Should().Contain("Collector test is incomplete: a defect");
    }

    [Fact]
    public async Task GetAll_CollectorHangs_AnswerAtItsDeadlineWithWhatItHad()
    {
        TaskCompletionSource never = new();
        await using MetadataFixture metadata = Create(
            async (sink, _) =>
            {
                sink.SetText("early", "here", "d");
                await never.Task;
                sink.SetText("late", "never seen", "d");
            },
            TimeSpan.FromMilliseconds(100));

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Should().Contain("early", "here").And.NotContainKey("late").And.ContainKey("workspace_task_status");
        never.SetResult();
    }

    [Fact]
    public async Task GetAll_OverallDeadline_HoldsForAll()
    {
        using CancellationTokenSource stop = new();
        await using MetadataFixture metadata = Create(
            async (_, token) => await Task.Delay(Timeout.Infinite, token),
            TimeSpan.FromMinutes(5),
            options => options.Deadline = TimeSpan.FromMilliseconds(200));

        await metadata.ValuesAsync();

        metadata.Log.Text.Should().Contain("it was not done after 200 ms");
    }

    [Fact]
    public async Task GetAll_HundredAtOnce_ShareFewCollections()
    {
        int collections = 0;
        await using MetadataFixture metadata = Create(
            async (_, token) =>
            {
                Interlocked.Increment(ref collections);
                await Task.Delay(100, token);
            },
            configure: options => options.CoalescingWindow = MetadataFixture.Patience);
        IMetadataService service = metadata.Get<IMetadataService>();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => service.GetAllAsync()));

        collections.Should().BeLessThan(20);
    }

    [Fact]
    public async Task GetAll_ChangeDuringACollection_IsInTheAnswerOfWhoAskedAfterIt()
    {
        string state = "before";
        SemaphoreSlim reading = new(0);
        SemaphoreSlim proceed = new(0);
        await using MetadataFixture metadata = Create(
            async (sink, token) =>
            {
                sink.SetText("state", Volatile.Read(ref state), "d");
                reading.Release();
                await proceed.WaitAsync(token);
            },
            configure: options => options.CoalescingWindow = MetadataFixture.Patience);
        IMetadataService service = metadata.Get<IMetadataService>();

        Task<MetadataResponse> first = service.GetAllAsync();
        await reading.WaitAsync();
        Volatile.Write(ref state, "after");
        Task<MetadataResponse> second = service.GetAllAsync();
        Task<MetadataResponse> third = service.GetAllAsync();
        proceed.Release(2);

        (await first).Data["state"].Value.Text.Should().Be("before");
        (await second).Data["state"].Value.Text.Should().Be("after");
        (await third).Should().BeSameAs(await second);
    }

    [Fact]
    public async Task GetAll_CallerGivesUp_OthersStillGetTheirAnswer()
    {
        SemaphoreSlim proceed = new(0);
        await using MetadataFixture metadata = Create(async (_, token) => await proceed.WaitAsync(token));
        IMetadataService service = metadata.Get<IMetadataService>();
        using CancellationTokenSource impatience = new();

        Task<MetadataResponse> first = service.GetAllAsync(impatience.Token);
        Task<MetadataResponse> second = service.GetAllAsync();
        await impatience.CancelAsync();
        proceed.Release(2);

        await first.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await second).Data.Should().ContainKey("workspace_task_status");
    }

    [Fact]
    public async Task Get_OneKey_EntryOrNull()
    {
        await using MetadataFixture metadata = new(_folder.FullPath);
        IMetadataService service = metadata.Get<IMetadataService>();

        (await service.GetAsync("workspace_task_status"))!.Value.Text.Should().Be("idle");
        (await service.GetAsync("no_such_key")).Should().BeNull();
    }

    [Fact]
    public async Task AddFleetMetadata_Twice_CollectsOnce()
    {
        await using MetadataFixture metadata = new(_folder.FullPath, services: services => services.AddFleetMetadata().AddFleetMetadata());

        metadata.Get<IEnumerable<IMetadataCollector>>().Should().HaveCount(5);
    }

    [Fact]
    public void Options_BadSettings_AllFaultsInOneMessage()
    {
        ServiceCollection services = new();
        services.AddFleetMetadata(options =>
        {
            options.Deadline = TimeSpan.Zero;
            options.Taskfile = "relative.yml";
            options.TaskfileParallelism = 0;
            options.Forges.Add(new ForgeHost { Host = "https://git.example.com", ApiAddress = new Uri("http://git.example.com/api") });
        });
        using ServiceProvider provider = services.BuildServiceProvider();

        Action read = () => _ = provider.GetRequiredService<IOptions<FleetMetadataOptions>>().Value;

        read.Should().Throw<OptionsValidationException>().Which.Message.Should()
            .Contain("Deadline is 00:00:00").And.Contain("relative.yml").And.Contain("TaskfileParallelism").And.Contain("'https://git.example.com'")
                .And.Contain("https (http on loopback only)");
    }

    private static int Size(MetadataValue value) =>
        Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(value.Text, FleetMetadataJson.DefaultOptions));

    private MetadataFixture Create(Action<MetadataSink> collect) =>
        Create((sink, _) =>
        {
            collect(sink);
            return Task.CompletedTask;
        });

    private MetadataFixture Create(
        Func<MetadataSink, CancellationToken, Task> collect, TimeSpan? deadline = null, Action<FleetMetadataOptions>? configure = null)
    {
        TestCollector collector = new(collect, deadline ?? MetadataFixture.Patience);
        return new MetadataFixture(_folder.FullPath, configure, services => services.AddSingleton<IMetadataCollector>(collector));
    }

    private sealed class TestCollector(Func<MetadataSink, CancellationToken, Task> collect, TimeSpan deadline) : IMetadataCollector
    {
        public string Name => "test";

        public TimeSpan Deadline => deadline;

        public Task CollectAsync(MetadataSink sink, CancellationToken cancellationToken = default) => collect(sink, cancellationToken);
    }
}
