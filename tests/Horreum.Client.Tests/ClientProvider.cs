using Microsoft.Extensions.DependencyInjection;

namespace Horreum.Client.Tests;

/// <summary>The client as a host registers it.</summary>
internal static class ClientProvider
{
    public static ServiceProvider Build(Uri address, Action<HorreumClientOptions>? configure = null, TimeProvider? time = null)
    {
        ServiceCollection services = new();
        services.AddLogging();
        if (time is not null)
        {
            services.AddSingleton(time);
        }

        services.AddHorreumClient(options =>
        {
            options.BaseAddress = address;
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }

    public static IHorreumClient Client(IServiceProvider services) => services.GetRequiredService<IHorreumClient>();
}
