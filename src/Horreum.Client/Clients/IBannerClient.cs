using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

/// <summary>The banner of the web interface.</summary>
/// <remarks>Methods throw <see cref="HorreumApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it is out of reach.</remarks>
public interface IBannerClient
{
    /// <summary>Shows a banner on every page of the web interface. <c>POST /api/banner</c></summary>
    Task SetAsync(Banner banner, CancellationToken cancellationToken = default);

    /// <summary>Reads the banner that is shown; null when there is none. <c>GET /api/banner</c></summary>
    Task<Banner?> GetAsync(CancellationToken cancellationToken = default);
}
