using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shared.Coder;
using Shared.Testing;

namespace Coder.Client.Tests.Support;

/// <summary>The package's own registration over a fake Coder, without a host.</summary>
internal sealed class ClientHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ClientHarness(FakeCoder coder, PausesClock clock, ServiceProvider services, LogCapture logs)
    {
        Coder = coder;
        Clock = clock;
        _services = services;
        Logs = logs;
    }

    public FakeCoder Coder { get; }

    public FakeState State => Coder.State;

    public PausesClock Clock { get; }

    public LogCapture Logs { get; }

    public ICoderClient Client => Get<ICoderClient>();

    public IAgentApiClient AgentApi => Get<IAgentApiClient>();

    public static async Task<ClientHarness> StartAsync(
        Func<FakeCoderOptions, FakeCoderOptions>? coder =
            null, Action<CoderClientOptions>? client = null, Action<FleetOptions>? fleet = null, Action<IServiceCollection>? services = null)
    {
        PausesClock clock = new();
        FakeCoderOptions options = new() { Clock = clock };
        FakeCoder fake = await FakeCoder.StartAsync(coder?.Invoke(options) ?? options);
        LogCapture logs = new();
        ServiceCollection collection = new();
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        collection.AddSingleton<TimeProvider>(clock);
        collection.AddCoderClient(configured =>
        {
            configured.BaseAddress = fake.Address;
            configured.SessionToken = fake.Options.Token;
            client?.Invoke(configured);
        });
        collection.AddFleet(fleet);
        services?.Invoke(collection);
        return new ClientHarness(fake, clock, collection.BuildServiceProvider(), logs);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Coder.DisposeAsync();
    }
}
