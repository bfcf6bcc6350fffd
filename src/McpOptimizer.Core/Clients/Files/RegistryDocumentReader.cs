using System.Text.Json;
using McpOptimizer.Core.Clients.Wire;

namespace McpOptimizer.Core.Clients.Files;

/// <summary>Reads a registry document from a file or an http(s) address.</summary>
internal sealed class RegistryDocumentReader(IHttpClientFactory clients)
{
    /// <summary>Name of the HTTP client, so that a host can add handlers to it.</summary>
    public const string HttpClientName = "McpOptimizer.Registry";

    private static readonly TimeSpan DownloadLimit = TimeSpan.FromSeconds(30);

    /// <summary>A location as it may be shown: a path as it is, an address without secrets.</summary>
    public static string Show(string location) => IsAddress(location) ? ShownAddress.Of(location) : location;

    /// <exception cref="SourceFileException">It cannot be read or is not JSON of the expected shape.</exception>
    public async Task<RegistryDocument> ReadAsync(string location, CancellationToken cancellationToken = default)
    {
        try
        {
            Stream stream = await OpenAsync(location, cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                return await JsonSerializer.DeserializeAsync(stream, SourceFilesJsonContext.Default.RegistryDocument, cancellationToken).ConfigureAwait(false)
                    ?? throw new SourceFileException($"The registry '{location}' is the JSON value null.");
            }
        }
        catch (JsonException e)
        {
            throw new SourceFileException(JsonFault.Describe($"The registry '{location}'", e), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            throw new SourceFileException($"The registry '{location}' cannot be read: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceFileException($"The registry '{location}' did not answer within {DownloadLimit.TotalSeconds:0} s.", e);
        }
    }

    private async Task<Stream> OpenAsync(string location, CancellationToken cancellationToken)
    {
        if (!IsAddress(location))
        {
            return File.OpenRead(location);
        }

        HttpClient client = clients.CreateClient(HttpClientName);
        client.Timeout = DownloadLimit;
        return await client.GetStreamAsync(new Uri(location), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the location is an http(s) address and no path.</summary>
    public static bool IsAddress(string location) =>
        Uri.TryCreate(location, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
