using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class BannerClient(HorreumTransport transport) : IBannerClient
{
    public Task SetAsync(Banner banner, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, RequestPath.Create($"api/banner"), HttpBody.Json(banner, HorreumJsonContext.Default.Banner), cancellationToken);

    public Task<Banner?> GetAsync(CancellationToken cancellationToken = default) =>
        transport.ReadOrDefaultAsync(HttpMethod.Get, RequestPath.Create($"api/banner"), HorreumJsonContext.Default.Banner, cancellationToken);
}
