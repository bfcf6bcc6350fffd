using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shared.ToolHive;

namespace ToolHive.Client.Tests.Support;

/// <summary>A fake ToolHive and the real registration against it.</summary>
public sealed class ToolHiveFixture : IAsyncDisposable
{
    private ToolHiveFixture(FakeToolHive fake, ServiceProvider services, CapturedLog log)
    {
        Fake = fake;
        Services = services;
        Log = log;
    }

    public FakeToolHive Fake { get; }

    public ServiceProvider Services { get; }

    public CapturedLog Log { get; }

    public IToolHiveClient Client => Services.GetRequiredService<IToolHiveClient>();

    /// <summary>Starts a fake and points the client at it.</summary>
    public static async Task<ToolHiveFixture> StartAsync(Action<ToolHiveClientOptions>? configure = null, TimeProvider? clock = null)
    {
        FakeToolHive fake = await FakeToolHive.StartAsync();
        return Create(fake, options =>
        {
            options.BaseAddress = fake.BaseAddress;
            configure?.Invoke(options);
        }, clock);
    }

    public static ToolHiveFixture Create(FakeToolHive fake, Action<ToolHiveClientOptions> configure, TimeProvider? clock = null)
    {
        CapturedLog log = new();
        ServiceCollection services = new();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        if (clock is not null)
        {
            services.AddSingleton(clock);
        }

        services.AddToolHiveClient(options =>
        {
            // Quick for tests: nothing here waits for a human.
            options.InitialBackoff = TimeSpan.FromMilliseconds(20);
            options.MaxBackoff = TimeSpan.FromMilliseconds(200);
            options.MaxRetryDuration = TimeSpan.FromSeconds(20);
            options.UseDiscoveryFile = false;
            options.UsePortScan = false;
            configure(options);
        });
        return new ToolHiveFixture(fake, services.BuildServiceProvider(), log);
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Fake.DisposeAsync();
    }
}
