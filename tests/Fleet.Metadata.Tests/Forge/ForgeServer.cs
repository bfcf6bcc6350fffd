using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Types;
using WireMock.Util;

namespace Fleet.Metadata.Tests.Forge;

/// <summary>
/// A GitHub and a GitLab on one loopback port. Like the real ones they answer with entity tags, and list what comes from every fork: GitHub by the owner of
/// the branch, GitLab by its name alone.
/// </summary>
internal sealed class ForgeServer : IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly ConcurrentDictionary<int, ForgePull> _pulls = new();
    private readonly ConcurrentDictionary<string, (int Id, string? Parent)> _repositories = new();

    public ForgeServer() => _server.Given(Request.Create().UsingGet()).RespondWith(Response.Create().WithCallback(AnswerAsync));

    public Uri GitHub => new(_server.Url + "/api/v3");

    public Uri GitLab => new(_server.Url + "/api/v4");

    /// <summary>Path and query of each request, in order.</summary>
    public IReadOnlyList<string> Paths => [.. _server.LogEntries.Select(entry => new Uri(entry.RequestMessage!.Url).PathAndQuery)];

    public IReadOnlyList<string?> Statuses => [.. _server.LogEntries.Select(entry => entry.ResponseMessage!.StatusCode?.ToString())];

    public IReadOnlyList<string?> Tokens =>
        [.. _server.LogEntries.Select(entry => entry.RequestMessage!.Headers!.TryGetValue("Authorization", out WireMockList<string>? all) ? all[0] : null)];

    /// <summary>Answers instead while set; null lets the forge answer.</summary>
    public Func<IRequestMessage, Task<ResponseMessage?>>? Fault { get; set; }

    public void Put(ForgePull pull) => _pulls[pull.Number] = pull;

    /// <summary>Makes a repository that is a fork; others are there by themselves.</summary>
    public void PutFork(string repository, string parent) => _repositories[repository] = (IdOf(repository), parent);

    public static int IdOf(string repository) => 1 + (BitConverter.ToUInt16(SHA256.HashData(Encoding.UTF8.GetBytes(repository))) << 8);

    public static ResponseMessage Respond(int status, string body = "", params (string Name, string Value)[] headers)
    {
        ResponseMessage response = new()
        {
            StatusCode = status,
            BodyData = new BodyData { BodyAsString = body, DetectedBodyType = BodyType.String, Encoding = Encoding.UTF8 },
        };
        foreach ((string name, string value) in headers)
        {
            response.AddHeader(name, value);
        }

        return response;
    }

    public void Dispose() => _server.Dispose();

    private async Task<IResponseMessage> AnswerAsync(IRequestMessage request)
    {
        if (Fault is not null && await Fault(request) is { } fault)
        {
            return fault;
        }

        string[] path = new Uri(request.Url).AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        object? body = path switch
        {
            ["api", "v3", "repos", var owner, var name] => Repository($"{owner}/{name}", "full_name", "parent"),
            ["api", "v3", "repos", var owner, var name, "pulls"] => GitHubPulls($"{owner}/{name}", Query(request, "head"), Query(request, "state")),
            ["api", "v3", "repos", var owner, var name, "pulls", var number] => GitHubPull($"{owner}/{name}", number),
            ["api", "v4", "projects", var project] => Repository(Uri.UnescapeDataString(project), "path_with_namespace", "forked_from_project"),
            ["api", "v4", "projects", var project, "merge_requests"] => GitLabRequests(Uri.UnescapeDataString(project), Query(request, "source_branch")),
            ["api", "v4", "projects", var project, "merge_requests", var number] => GitLabRequest(Uri.UnescapeDataString(project), number),
            _ => null,
        };
        if (body is null)
        {
            return Respond(404);
        }

        string text = JsonSerializer.Serialize(body);
        string tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}\"";
        bool isKnown = request.Headers!.TryGetValue("If-None-Match", out WireMockList<string>? tags) && tags.Contains(tag);
        return Respond(isKnown ? 304 : 200, isKnown ? "" : text, ("ETag", tag), ("Content-Type", "application/json"));
    }

    private static string Query(IRequestMessage request, string name) =>
        request.Query is { } query && query.TryGetValue(name, out WireMockList<string>? values) ? values[0] : "";

    private Dictionary<string, object?> Repository(string repository, string nameMember, string parentMember)
    {
        string? parent = _repositories.TryGetValue(repository, out (int Id, string? Parent) known) ? known.Parent : null;
        return new Dictionary<string, object?>
        {
            ["id"] = IdOf(repository),
            [nameMember] = repository,
            [parentMember] = parent is null ? null : new Dictionary<string, object?> { ["id"] = IdOf(parent), [nameMember] = parent },
        };
    }

    private object[] GitHubPulls(string repository, string head, string state) =>
    [
        .. _pulls.Values
            .Where(pull => pull.Repository == repository && (state == "all" || pull.State == "open"))
            .Where(pull => !head.Contains(':', StringComparison.Ordinal) || head == $"{pull.HeadRepository.Split('/')[0]}:{pull.Branch}")
            .OrderByDescending(pull => pull.UpdatedAt)
            .Select(GitHubBody),
    ];

    private Dictionary<string, object?>? GitHubPull(string repository, string number) =>
        _pulls.Values.FirstOrDefault(pull => pull.Repository == repository && $"{pull.Number}" == number) is { } pull ? GitHubBody(pull) : null;

    private static Dictionary<string, object?> GitHubBody(ForgePull pull) => new()
    {
        ["number"] = pull.Number,
        ["state"] = pull.State,
        ["title"] = pull.Title,
        ["html_url"] = $"https://forge.example/{pull.Repository}/pull/{pull.Number}",
        ["merged_at"] = pull.Merged ? "2026-01-02T03:04:05Z" : null,
        ["head"] = new Dictionary<string, object?> { ["ref"] = pull.Branch, ["repo"] = new Dictionary<string, object?> { ["id"] = IdOf(pull.HeadRepository) } },
        ["a_member_of_tomorrow"] = true,
    };

    private object[] GitLabRequests(string project, string branch) =>
    [
        .. _pulls.Values.Where(pull => pull.Repository == project && pull.Branch == branch).OrderByDescending(pull => pull.UpdatedAt).Select(GitLabBody),
    ];

    private Dictionary<string, object?>? GitLabRequest(string project, string number) =>
        _pulls.Values.FirstOrDefault(pull => pull.Repository == project && $"{pull.Number}" == number) is { } pull ? GitLabBody(pull) : null;

    private static Dictionary<string, object?> GitLabBody(ForgePull pull) => new()
    {
        ["iid"] = pull.Number,
        ["state"] = pull.State,
        ["title"] = pull.Title,
        ["web_url"] = $"https://forge.example/{pull.Repository}/-/merge_requests/{pull.Number}",
        ["source_branch"] = pull.Branch,
        ["source_project_id"] = IdOf(pull.HeadRepository),
    };
}
