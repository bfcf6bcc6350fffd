using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;

namespace Hosting.Logging;

/// <summary>Lets every console formatter that is registered write visible text only, whichever of them the settings choose.</summary>
public static class VisibleLogs
{
    /// <summary>Wraps what was registered until now.</summary>
    public static void AddTo(IServiceCollection services)
    {
        foreach (ServiceDescriptor formatter in services.Where(service => service.ServiceType == typeof(ConsoleFormatter)).ToArray())
        {
            services.Remove(formatter);
            if (formatter.ImplementationType is { } type)
            {
                // Made by the container itself: its helper for types that are not registered costs a tenth of a native start.
                services.AddSingleton(type);
            }

            services.AddSingleton<ConsoleFormatter>(provider => new VisibleFormatter(Inner(formatter, provider)));
        }
    }

    private static ConsoleFormatter Inner(ServiceDescriptor formatter, IServiceProvider provider) => (ConsoleFormatter)(
        formatter.ImplementationInstance ?? formatter.ImplementationFactory?.Invoke(provider) ?? provider.GetRequiredService(formatter.ImplementationType!));
}
