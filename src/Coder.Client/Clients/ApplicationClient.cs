using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

internal sealed class ApplicationClient(CoderHttp http) : IApplicationClient
{
    public async Task<IReadOnlyList<Region>> ListRegionsAsync(CancellationToken cancellationToken = default)
    {
        RegionList answer = await http.GetAsync(Route.Of("regions"), CoderJsonContext.Default.RegionList, cancellationToken).ConfigureAwait(false);
        return answer.Regions;
    }
}
