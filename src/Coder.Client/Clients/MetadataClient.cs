using Coder.Client.Clients.Wire;
using Microsoft.Extensions.Options;

namespace Coder.Client.Clients;

/// <summary>Reads the metadata application of a workspace.</summary>
internal sealed class MetadataClient(HttpClient http, IOptions<CoderClientOptions> options, TimeProvider clock)
{
    /// <summary>The contract allows 1 MB of data; twice that leaves room for what surrounds it.</summary>
    private const int LargestBody = 2 * 1024 * 1024;

    private readonly AppHttp _http = new(http, options.Value, clock);

    public Task<MetadataResponse> GetAsync(Uri app, CancellationToken cancellationToken) =>
        _http.SendAsync(HttpMethod.Get, new Uri(app, "metadata"), null, CoderJsonContext.Default.MetadataResponse, cancellationToken, LargestBody);
}
