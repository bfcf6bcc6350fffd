using McpOptimizer.Core.Clients.Backends;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Repositories.Backends;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Tests.Backends;

/// <summary>The real registration with real transports; what it talks to are the stubs.</summary>
internal sealed class BackendFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public BackendFixture(Action<McpOptimizerOptions>? set = null, Action<IServiceCollection>? more = null)
    {
        ServiceCollection services = new();
        services.Configure<McpOptimizerOptions>(options =>
        {
            // A loaded machine must not look like a slow backend.
            options.Backends.CallTimeout = TimeSpan.FromSeconds(60);
            options.Backends.RetryDelay = TimeSpan.FromMilliseconds(10);
            set?.Invoke(options);
        });
        services.AddSingleton<ILoggerProvider>(Logs);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
        more?.Invoke(services);
        services.AddMcpOptimizerCalls();
        _services = services.BuildServiceProvider();
    }

    public RecordingLogs Logs { get; } = new();

    public IBackendRepository Backends => _services.GetRequiredService<IBackendRepository>();

    public BackendPool Pool => _services.GetRequiredService<BackendPool>();

    public ProcessReaper Reaper => _services.GetRequiredService<ProcessReaper>();

    /// <summary>In the stub's own output folder, which lies beside that of these tests.</summary>
    public static string StubProgram { get; } = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "StubBackend", new DirectoryInfo(AppContext.BaseDirectory).Name, "StubBackend.dll"));

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static BackendEndpoint Stdio(string name, params string[] flags) => new()
    {
        ServerName = name,
        Transport = TransportKind.Stdio,
        Command = "dotnet",
        Arguments = [StubProgram, .. flags],
        Environment = new Dictionary<string, string> { ["STUB_MARK"] = Guid.NewGuid().ToString("N") },
    };

    public static BackendEndpoint Http(Uri url, string name = "web", TransportKind transport = TransportKind.StreamableHttp, IReadOnlyDictionary<string, string>? headers = null) =>
        new() { ServerName = name, Transport = transport, Url = url, Headers = headers! };

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
