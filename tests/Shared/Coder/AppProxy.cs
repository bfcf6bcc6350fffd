using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Shared.Coder;

/// <summary>
/// Coder's proxy to applications: wants a sign-in by redirect, takes Coder's cookies off and passes every other header on, Coder's own token
/// header included, which is exactly the trap.
/// </summary>
internal sealed partial class AppProxy(FakeState state, ConcurrentQueue<JournalEntry> inWorkspaces)
{
    private readonly AgentApi _agentApi = new(state);

    public bool Finds(HttpRequest request) => (request.Path.Value ?? "").StartsWith("/@", StringComparison.Ordinal) || IsSubdomain(request.Host.Host);

    public async Task HandleAsync(HttpContext context, JournalEntry entry)
    {
        (string owner, string name, string slug, string rest) = Target(entry);
        if (!IsSignedIn(entry))
        {
            context.Response.StatusCode = 303;
            context.Response.Headers.Location = IsSubdomain(entry.Host) ? "/api/v2/applications/auth-redirect?redirect_uri=x" : "/login?redirect=x";
            return;
        }

        FakeWorkspace? workspace = owner == "me" ? null : state.Find(owner, name);
        bool known = slug == "ccw" || (slug == workspace?.MetadataSlug && workspace.Metadata is not null);
        if (workspace is null || !known)
        {
            await PageAsync(context, 404, "Application not found");
            return;
        }

        if (workspace.Unreachable)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }

        if (!workspace.Booted)
        {
            await PageAsync(context, 502, "Agent is not connected");
            return;
        }

        JournalEntry forwarded = entry with { Path = "/" + rest, Headers = Forwarded(entry) };
        inWorkspaces.Enqueue(forwarded);
        if (slug != "ccw")
        {
            await MetadataAsync(context, workspace, rest);
            return;
        }

        await _agentApi.HandleAsync(context, workspace, entry.Method, rest, entry);
    }

    private static async Task MetadataAsync(HttpContext context, FakeWorkspace workspace, string rest)
    {
        context.Response.StatusCode = rest == "metadata" ? workspace.MetadataStatus : 404;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(workspace.MetadataStatus == 200 ? workspace.Metadata! : """{"error":"collection failed"}""");
    }

    private (string Owner, string Workspace, string Slug, string Path) Target(JournalEntry entry)
    {
        if (!IsSubdomain(entry.Host))
        {
            Match path = PathApp().Match(entry.Path);
            return path.Success
                ? (path.Groups[1].Value, path.Groups[2].Value, path.Groups[3].Value, path.Groups[4].Value)
                : throw FakeRefusalException.UnknownRoute();
        }

        string suffix = state.Options.WildcardHost[1..];
        string[] parts = entry.Host[..^suffix.Length].Split("--");
        return parts is [var slug, var name, var owner] ? (owner, name, slug, entry.Path.TrimStart('/')) : throw FakeRefusalException.NotFound();
    }

    private bool IsSubdomain(string host) => state.Options.SubdomainApps && host.EndsWith(state.Options.WildcardHost[1..], StringComparison.Ordinal);

    private bool IsSignedIn(JournalEntry entry) =>
        Cookies(entry).Contains($"coder_session_token={state.Options.Token}") || entry.Headers.GetValueOrDefault("coder-session-token") == state.Options.Token;

    private static string[] Cookies(JournalEntry entry) =>
        entry.Headers.GetValueOrDefault("cookie", "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Dictionary<string, string> Forwarded(JournalEntry entry)
    {
        Dictionary<string, string> headers = new(entry.Headers);
        string left = string.Join("; ", Cookies(entry).Where(cookie => !cookie.StartsWith("coder_", StringComparison.Ordinal)));
        headers.Remove("cookie");
        if (left.Length > 0)
        {
            headers["cookie"] = left;
        }

        return headers;
    }

    private static async Task PageAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync($"<html><body>{text}</body></html>");
    }

    [GeneratedRegex("^/@([^/]+)/([^/]+)/apps/([^/]+)/(.*)$")]
    private static partial Regex PathApp();
}
