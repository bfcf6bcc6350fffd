using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Shared.Forge;

/// <summary>
/// A GitHub and a GitLab on one loopback port. Like the real ones it ignores a malformed head, answers with entity tags, and returns open requests only
/// unless asked for all.
/// </summary>
public sealed class ForgeStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ForgeRequest> _journal = new();
    private readonly ConcurrentDictionary<int, ForgePull> _pulls = new();

    private ForgeStub(WebApplication app) => _app = app;

    /// <summary>Root of the GitHub API.</summary>
    public Uri GitHub => new(_app.Urls.First() + "/api/v3");

    /// <summary>Root of the GitLab API.</summary>
    public Uri GitLab => new(_app.Urls.First() + "/api/v4");

    public IReadOnlyList<ForgeRequest> Journal => [.. _journal];

    /// <summary>Answers instead of the stub while set; return false to let the stub answer.</summary>
    public Func<HttpContext, Task<bool>>? Fault { get; set; }

    public static async Task<ForgeStub> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        ForgeStub stub = new(app);
        app.Use(stub.RecordAsync);
        app.MapGet("/api/v3/repos/{owner}/{name}/pulls", stub.GetPullsAsync);
        app.MapGet("/api/v4/projects/{project}/merge_requests", stub.GetMergeRequestsAsync);
        await app.StartAsync();
        return stub;
    }

    public void Put(ForgePull pull)
    {
        ArgumentNullException.ThrowIfNull(pull);
        _pulls[pull.Number] = pull;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (Fault is null || !await Fault(context))
        {
            await next(context);
        }

        string path = request.Path + request.QueryString.ToString();
        _journal.Enqueue(new ForgeRequest(path, Header(request.Headers.Authorization), Header(request.Headers.IfNoneMatch), context.Response.StatusCode));
    }

    private static string? Header(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : values.ToString();

    private Task GetPullsAsync(string owner, string name, HttpContext context)
    {
        string repository = $"{owner}/{name}";
        string head = context.Request.Query["head"].ToString();
        bool all = context.Request.Query["state"] == "all";
        IEnumerable<ForgePull> found = _pulls.Values.Where(pull => pull.Repository == repository && (all || pull.State == "open"));
        if (head.Split(':', 2) is [string headOwner, string branch])
        {
            found = found.Where(pull => pull.HeadOwner == headOwner && pull.Branch == branch);
        }

        return AnswerAsync(context, found.OrderByDescending(pull => pull.UpdatedAt).Select(pull => new Dictionary<string, object?>
        {
            ["number"] = pull.Number,
            ["state"] = pull.State,
            ["title"] = pull.Title,
            ["html_url"] = $"https://forge.example/{repository}/pull/{pull.Number}",
            ["merged_at"] = pull.Merged ? "2026-01-02T03:04:05Z" : null,
            ["head"] = new Dictionary<string, object?> { ["ref"] = pull.Branch },
            ["a_member_of_tomorrow"] = true,
        }));
    }

    private Task GetMergeRequestsAsync(string project, HttpContext context)
    {
        string branch = context.Request.Query["source_branch"].ToString();
        IEnumerable<ForgePull> found = _pulls.Values.Where(pull => pull.Repository == Uri.UnescapeDataString(project) && pull.Branch == branch);
        return AnswerAsync(context, found.OrderByDescending(pull => pull.UpdatedAt).Select(pull => new Dictionary<string, object?>
        {
            ["iid"] = pull.Number,
            ["state"] = pull.State,
            ["title"] = pull.Title,
            ["web_url"] = $"https://forge.example/{project}/-/merge_requests/{pull.Number}",
            ["source_branch"] = pull.Branch,
        }));
    }

    private static async Task AnswerAsync(HttpContext context, IEnumerable<Dictionary<string, object?>> items)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(items);
        string tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(body))[..16]}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(body);
    }
}
