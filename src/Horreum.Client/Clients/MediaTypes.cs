using System.Net.Http.Headers;

namespace Horreum.Client.Clients;

/// <summary>What the client accepts; made once, since headers are added to every request.</summary>
internal sealed class MediaTypes
{
    public MediaTypeWithQualityHeaderValue Json { get; } = new("application/json");

    /// <summary>Some calls answer plain text, and so do all errors.</summary>
    public MediaTypeWithQualityHeaderValue Text { get; } = new("text/plain", 0.9);
}
