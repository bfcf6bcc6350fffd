using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fleet.Metadata.Clients.Wire;
using Fleet.Metadata.Json;
using Fleet.Metadata.Models;

namespace Fleet.Metadata.Clients.Forge;

internal sealed class ForgeClient(IHttpClientFactory clients, TimeProvider time)
{
    public const string HttpClientName = "Fleet.Metadata.Forge";

    private const int MaxRedirects = 3;

    /// <summary>A repository, with the one that it is a fork of.</summary>
    public Task<ForgeReply<GitHubRepository>> GetRepositoryAsync(ForgeHost host, string repository, CancellationToken cancellationToken) =>
        SendAsync(host, Address(host, $"repos/{Escape(repository)}"), null, One(FleetMetadataJsonContext.Default.GitHubRepository), cancellationToken);

    /// <summary>A project, with the one that it is a fork of.</summary>
    public Task<ForgeReply<GitLabProject>> GetProjectAsync(ForgeHost host, string project, CancellationToken cancellationToken)
    {
        Uri address = Address(host, $"projects/{Uri.EscapeDataString(project)}");
        return SendAsync(host, address, null, One(FleetMetadataJsonContext.Default.GitLabProject), cancellationToken);
    }

    /// <summary>One pull request.</summary>
    public Task<ForgeReply<GitHubPull>> GetPullAsync(ForgeHost host, string repository, long number, string? entityTag, CancellationToken cancellationToken) =>
        SendAsync(
            host, Address(host, $"repos/{Escape(repository)}/pulls/{number}"), entityTag, One(FleetMetadataJsonContext.Default.GitHubPull), cancellationToken);

    /// <summary>One merge request.</summary>
    public Task<ForgeReply<GitLabMergeRequest>> GetMergeRequestAsync(
        ForgeHost host, string project, long number, string? entityTag, CancellationToken cancellationToken)
    {
        Uri address = Address(host, $"projects/{Uri.EscapeDataString(project)}/merge_requests/{number}");
        return SendAsync(host, address, entityTag, One(FleetMetadataJsonContext.Default.GitLabMergeRequest), cancellationToken);
    }

    /// <summary>Pull requests of any state whose head is the branch of the owner, last touched first.</summary>
    public Task<ForgeReply<GitHubPull>> GetPullsAsync(
        ForgeHost host, string repository, string owner, string branch, string? entityTag, CancellationToken cancellationToken)
    {
        // A head without its owner would be ignored, and the newest pull requests of all branches would come back.
        string head = Uri.EscapeDataString($"{owner}:{branch}");
        Uri address = Address(host, $"repos/{Escape(repository)}/pulls?head={head}&state=all&sort=updated&direction=desc&per_page=10");
        return SendAsync(host, address, entityTag, Many(FleetMetadataJsonContext.Default.ListGitHubPull), cancellationToken);
    }

    /// <summary>Merge requests of any state that come from a branch of that name, of whatever fork, last touched first.</summary>
    public Task<ForgeReply<GitLabMergeRequest>> GetMergeRequestsAsync(
        ForgeHost host, string project, string branch, string? entityTag, CancellationToken cancellationToken)
    {
        // Forks have branches of the same name, and their requests are in the list too: ten would be too few in a busy project.
        string query = $"source_branch={Uri.EscapeDataString(branch)}&state=all&order_by=updated_at&sort=desc&per_page=100";
        Uri address = Address(host, $"projects/{Uri.EscapeDataString(project)}/merge_requests?{query}");
        return SendAsync(host, address, entityTag, Many(FleetMetadataJsonContext.Default.ListGitLabMergeRequest), cancellationToken);
    }

    private static Func<byte[], IReadOnlyList<T>> One<T>(JsonTypeInfo<T> type)
        where T : class => body => JsonSerializer.Deserialize(body, type) is { } item ? [item] : [];

    private static Func<byte[], IReadOnlyList<T>> Many<T>(JsonTypeInfo<List<T?>> type)
        where T : class => body => [.. (JsonSerializer.Deserialize(body, type) ?? []).OfType<T>()];

    private static string Escape(string repository) => string.Join('/', repository.Split('/').Select(part => PathSegment.Escape(part, nameof(repository))));

    private static Uri Address(ForgeHost host, string path)
    {
        string root = host switch
        {
            { ApiAddress: { } address } => address.AbsoluteUri.TrimEnd('/'),
            { Kind: ForgeKind.GitHub, Host: "github.com" } => "https://api.github.com",
            { Kind: ForgeKind.GitHub } => $"https://{host.Host}/api/v3",
            _ => $"https://{host.Host}/api/v4",
        };
        return new Uri($"{root}/{path}");
    }

    private async Task<ForgeReply<T>> SendAsync<T>(
        ForgeHost host, Uri address, string? entityTag, Func<byte[], IReadOnlyList<T>> read, CancellationToken cancellationToken)
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

                return await ReadAsync(response, address, read, cancellationToken).ConfigureAwait(false);
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
        HttpResponseMessage response, Uri address, Func<byte[], IReadOnlyList<T>> read, CancellationToken cancellationToken)
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
            return new ForgeReply<T> { Outcome = ForgeOutcome.Answered, Items = read(body), EntityTag = entityTag, RetryAfter = wait };
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
