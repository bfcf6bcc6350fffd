using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fleet.Metadata.Clients.Wire;
using Fleet.Metadata.Json;
using Fleet.Metadata.Models;

namespace Fleet.Metadata.Clients.Forge;

internal sealed class ForgeClient(IHttpClientFactory clients, TimeProvider time) : IForgeClient
{
    public const string HttpClientName = "Fleet.Metadata.Forge";

    private const int MaxRedirects = 3;

    public Task<ForgeReply<GitHubPull>> GetPullsAsync(
        ForgeHost host, string repository, string owner, string branch, string? entityTag, CancellationToken cancellationToken)
    {
        // A head without its owner would be ignored, and the newest pull requests of all branches would come back.
        string head = Uri.EscapeDataString($"{owner}:{branch}");
        Uri address = Address(host, "api/v3", $"repos/{repository}/pulls?head={head}&state=all&sort=updated&direction=desc&per_page=10");
        return SendAsync(host, address, entityTag, FleetMetadataJsonContext.Default.ListGitHubPull, cancellationToken);
    }

    public Task<ForgeReply<GitLabMergeRequest>> GetMergeRequestsAsync(
        ForgeHost host, string project, string branch, string? entityTag, CancellationToken cancellationToken)
    {
        string path = $"projects/{Uri.EscapeDataString(project)}/merge_requests";
        string query = $"source_branch={Uri.EscapeDataString(branch)}&state=all&order_by=updated_at&sort=desc&per_page=10";
        Uri address = Address(host, "api/v4", $"{path}?{query}");
        return SendAsync(host, address, entityTag, FleetMetadataJsonContext.Default.ListGitLabMergeRequest, cancellationToken);
    }

    private static Uri Address(ForgeHost host, string apiPath, string path)
    {
        string root = host.ApiAddress?.AbsoluteUri.TrimEnd('/')
            ?? (host is { Kind: ForgeKind.GitHub, Host: "github.com" } ? "https://api.github.com" : $"https://{host.Host}/{apiPath}");
        return new Uri($"{root}/{path}");
    }

    private async Task<ForgeReply<T>> SendAsync<T>(
        ForgeHost host, Uri address, string? entityTag, JsonTypeInfo<List<T?>> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using HttpClient http = clients.CreateClient(HttpClientName);
            for (int redirects = 0; ; redirects++)
            {
                using HttpRequestMessage request = Request(host, address, entityTag);
                using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (redirects < MaxRedirects && RenamedTo(response, address) is { } renamed)
                {
                    address = renamed;
                    continue;
                }

                return await ReadAsync(response, address, type, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new ForgeReply<T> { Outcome = ForgeOutcome.Failed, Fault = $"GET {address.AbsolutePath} at {address.Host}: {exception.Message}" };
        }
    }

    private static HttpRequestMessage Request(ForgeHost host, Uri address, string? entityTag)
    {
        HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(host.Kind == ForgeKind.GitHub ? "application/vnd.github+json" : "application/json"));
        if (host.Kind == ForgeKind.GitHub)
        {
            request.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
        }

        if (host.Token is { Length: > 0 } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (entityTag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", entityTag);
        }

        return request;
    }

    // A renamed repository answers with its new address. The token goes nowhere but to the host it belongs to.
    private static Uri? RenamedTo(HttpResponseMessage response, Uri asked)
    {
        bool moved = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        if (!moved || response.Headers.Location is not { } location)
        {
            return null;
        }

        Uri target = new(asked, location);
        return Uri.Compare(target, asked, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0 ? target : null;
    }

    private async Task<ForgeReply<T>> ReadAsync<T>(
        HttpResponseMessage response, Uri address, JsonTypeInfo<List<T?>> type, CancellationToken cancellationToken)
        where T : class
    {
        TimeSpan? wait = RateLimit.Read(response, time);
        string? entityTag = response.Headers.ETag?.ToString();
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return new ForgeReply<T> { Outcome = ForgeOutcome.Unchanged, EntityTag = entityTag, RetryAfter = wait };
        }

        if (response.IsSuccessStatusCode)
        {
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            List<T?> items = JsonSerializer.Deserialize(body, type) ?? [];
            return new ForgeReply<T> { Outcome = ForgeOutcome.Answered, Items = [.. items.OfType<T>()], EntityTag = entityTag, RetryAfter = wait };
        }

        ForgeOutcome outcome = response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => ForgeOutcome.Limited,
            HttpStatusCode.Forbidden when wait is not null => ForgeOutcome.Limited,
            HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => ForgeOutcome.Denied,
            HttpStatusCode.NotFound => ForgeOutcome.NotFound,
            _ => ForgeOutcome.Failed,
        };
        return new ForgeReply<T>
        {
            Outcome = outcome,
            RetryAfter = wait,
            Fault = $"GET {address.AbsolutePath} at {address.Host} returned {(int)response.StatusCode}",
        };
    }
}
