using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shared.Kubernetes;
using Shared.Testing;
using ToolHive.Client.Services;

namespace ToolHive.Client.Tests.Support;

/// <summary>A fake API server and the real registration against it, signed in as a pod is.</summary>
public sealed class ClusterFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ClusterFixture(FakeKubernetes fake)
    {
        Fake = fake;
        WriteServiceAccount("token-1");
    }

    public FakeKubernetes Fake { get; }

    public CapturedLog Log { get; } = new();

    public ServiceProvider Services { get; private set; } = null!;

    public IWorkloadDirectory Directory => Services.GetRequiredService<IWorkloadDirectory>();

    public TemporaryFolder Folder => _folder;

    public static async Task<ClusterFixture> StartAsync(
        Action<ToolHiveKubernetesOptions, ClusterFixture>? configure = null, FakeKubernetes? fake = null, TimeProvider? clock = null)
    {
        ClusterFixture fixture = new(fake ?? await FakeKubernetes.StartAsync());
        ServiceCollection services = new();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(fixture.Log));
        if (clock is not null)
        {
            services.AddSingleton(clock);
        }

        services.AddToolHiveKubernetes(options =>
        {
            options.ApiServer = fixture.Fake.Address;
            options.ServiceAccountDirectory = fixture._folder.Combine("account");
            options.InitialBackoff = TimeSpan.FromMilliseconds(20);
            options.MaxBackoff = TimeSpan.FromMilliseconds(200);
            options.ChangeDelay = TimeSpan.FromMilliseconds(10);
            configure?.Invoke(options, fixture);
        });
        fixture.Services = services.BuildServiceProvider();
        return fixture;
    }

    /// <summary>Replaces token and authority, as the kubelet does.</summary>
    public void WriteServiceAccount(string token)
    {
        System.IO.Directory.CreateDirectory(_folder.Combine("account"));
        File.WriteAllText(_folder.Combine("account", "ca.crt"), Fake.Authority.Pem);
        File.WriteAllText(_folder.Combine("account", "token"), token);
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Fake.DisposeAsync();
        _folder.Dispose();
    }
}
