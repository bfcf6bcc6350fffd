using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;
using Microsoft.Extensions.Primitives;

namespace McpOptimizer.Server.Cli;

/// <summary>A source of which one server is of interest: the others are neither started nor forgotten.</summary>
internal sealed class OneServerSource(IWorkloadSource inner, string server) : IWorkloadSource
{
    public string Name => inner.Name;

    /// <summary>Puts one before each source that is registered.</summary>
    public static void Narrow(IServiceCollection services, string server)
    {
        foreach (ServiceDescriptor source in services.Where(service => service.ServiceType == typeof(IWorkloadSource)).ToArray())
        {
            services.Remove(source);
            services.AddSingleton<IWorkloadSource>(provider => new OneServerSource(Create(source, provider), server));
        }
    }

    /// <summary>The names that the sources list, and the one that is asked for among them.</summary>
    /// <exception cref="ArgumentException">No source lists it; the message names the nearest.</exception>
    public static async Task RequireAsync(IServiceProvider services, string server, CancellationToken cancellationToken)
    {
        List<string> names = [];
        foreach (OneServerSource source in services.GetServices<IWorkloadSource>().OfType<OneServerSource>())
        {
            names.AddRange((await source.ListAllAsync(cancellationToken)).Workloads.Select(workload => workload.Name));
        }

        if (!names.Contains(server, StringComparer.Ordinal))
        {
            throw new ArgumentException($"There is no server '{VisibleText.Shorten(server)}'.{NearestName.Hint(server, names)}");
        }
    }

    public async Task<WorkloadListing> ListAsync(CancellationToken cancellationToken = default)
    {
        WorkloadListing all = await inner.ListAsync(cancellationToken);
        return all with { Workloads = [.. all.Workloads.Where(workload => workload.Name == server)], IsComplete = false, Problems = [] };
    }

    public IChangeToken? Watch() => inner.Watch();

    private Task<WorkloadListing> ListAllAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    private static IWorkloadSource Create(ServiceDescriptor source, IServiceProvider provider) => (IWorkloadSource)(
        source.ImplementationInstance ?? source.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, source.ImplementationType!));
}
