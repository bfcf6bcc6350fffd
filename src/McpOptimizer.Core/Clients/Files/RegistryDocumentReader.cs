using System.Net;
using System.Text.Json;
using McpOptimizer.Core.Clients.Wire;

namespace McpOptimizer.Core.Clients.Files;

/// <summary>Reads a registry document from a file or an http(s) address: within a size and a time, and from no other host than the one that was named.</summary>
internal sealed class RegistryDocumentReader(IHttpClientFactory clients, TimeProvider clock)
{
    /// <summary>Name of the HTTP client, so that a host can add handlers to it.</summary>
    public const string HttpClientName = "McpOptimizer.Registry";

    private const int LargestDocument = 64 * 1024 * 1024;
    private const int MostRedirects = 5;

    private static readonly TimeSpan DownloadLimit = TimeSpan.FromSeconds(30);

    /// <summary>A location as it may be shown: a path as it is, an address without secrets.</summary>
    public static string Show(string location) => IsAddress(location) ? ShownAddress.Of(location) : location;

    /// <exception cref="SourceFileException">It cannot be read or is not JSON of the expected shape.</exception>
    public async Task<RegistryDocument> ReadAsync(string location, CancellationToken cancellationToken = default)
    {
        string shown = Show(location);
        using CancellationTokenSource deadline = new(DownloadLimit, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            ReadOnlyMemory<byte> document = IsAddress(location)
                ? await DownloadAsync(new Uri(location), shown, either.Token).ConfigureAwait(false)
                : await ReadFileAsync(location, either.Token).ConfigureAwait(false);
            return JsonSerializer.Deserialize(document.Span, SourceFilesJsonContext.Default.RegistryDocument)
                ?? throw new SourceFileException($"The registry '{shown}' is the JSON value null.");
        }
        catch (JsonException e)
        {
            throw new SourceFileException(JsonFault.Describe($"The registry '{shown}'", e), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            throw new SourceFileException($"The registry '{shown}' cannot be read: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceFileException($"The registry '{shown}' was not there within {DownloadLimit.TotalSeconds:0} s.", e);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using (file.ConfigureAwait(false))
        {
            return WithoutByteOrderMark(await ReadAllAsync(file, path, cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task<ReadOnlyMemory<byte>> DownloadAsync(Uri address, string shown, CancellationToken cancellationToken)
    {
        HttpClient client = clients.CreateClient(HttpClientName);
        client.Timeout = Timeout.InfiniteTimeSpan;
        for (int redirects = 0; ; redirects++)
        {
            using HttpResponseMessage response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            {
                response.EnsureSuccessStatusCode();
                Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
                await using (body.ConfigureAwait(false))
                {
                    return WithoutByteOrderMark(await ReadAllAsync(body, shown, cancellationToken).ConfigureAwait(false));
                }
            }

            address = Follow(address, response.Headers.Location, shown, redirects);
        }
    }

    // The same host and port, and never from https back to http.
    private static Uri Follow(Uri from, Uri? location, string shown, int redirects)
    {
        if (location is null || redirects >= MostRedirects)
        {
            throw new SourceFileException($"The registry '{shown}' redirects {(location is null ? "without saying where to" : $"more than {MostRedirects} times")}.");
        }

        Uri to = new(from, location);
        bool isSamePlace = to.Scheme == from.Scheme && to.Authority == from.Authority;
        bool isUpgrade = from.Scheme == Uri.UriSchemeHttp && to.Scheme == Uri.UriSchemeHttps && to.IdnHost == from.IdnHost && from.IsDefaultPort && to.IsDefaultPort;
        return isSamePlace || isUpgrade
            ? to
            : throw new SourceFileException($"The registry '{shown}' redirects to another host, '{ShownAddress.Of(to)}'. It is not followed; name that address if it is meant.");
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(Stream stream, string shown, CancellationToken cancellationToken)
    {
        using MemoryStream document = new();
        byte[] buffer = new byte[81_920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (document.Length + read > LargestDocument)
            {
                throw new SourceFileException($"The registry '{shown}' is larger than {LargestDocument / (1024 * 1024)} MiB; nothing of it is taken.");
            }

            document.Write(buffer, 0, read);
        }

        return document.GetBuffer().AsMemory(0, (int)document.Length);
    }

    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> bytes) => bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    /// <summary>Whether the location is an http(s) address and no path.</summary>
    public static bool IsAddress(string location) =>
        Uri.TryCreate(location, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
