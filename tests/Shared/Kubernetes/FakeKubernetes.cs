using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Shared.ToolHive;

namespace Shared.Kubernetes;

/// <summary>
/// The part of a Kubernetes API server that serves the ToolHive operator's resources: lists in pages, watches with bookmarks and
/// resume, TLS with client certificates, bearer tokens, and the ways these go wrong.
/// </summary>
public sealed class FakeKubernetes : IAsyncDisposable
{
    private const string ApiGroup = "toolhive.stacklok.dev";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, FakeResource> _resources = new(StringComparer.Ordinal);
    private readonly List<FakeResource> _history = [];
    private readonly Dictionary<string, int> _watches = [];
    private readonly LoopbackServer _server;
    private readonly bool _usesTls;
    private long _version = 100;
    private long _oldest;
    private int _continueEpoch;
    private int _watchEpoch;
    private bool _watchEpochExpired;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeKubernetes(bool usesTls, string serverName)
    {
        _usesTls = usesTls;
        _server = new LoopbackServer(
            app => app.Run(ServeAsync),
            listener =>
            {
                if (usesTls)
                {
                    listener.UseHttps(https =>
                    {
                        https.ServerCertificate = Authority.IssueServer(serverName);
                        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                        https.ClientCertificateValidation = (certificate, _, _) => Authority.HasSigned(certificate);
                    });
                }
            });
    }

    /// <summary>Who signed the server's certificate.</summary>
    public TestAuthority Authority { get; } = new();

    /// <summary>What arrived.</summary>
    public RequestJournal Journal => _server.Journal;

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults => _server.Faults;

    /// <summary>Address of the API server.</summary>
    public Uri Address => new($"{(_usesTls ? "https" : "http")}://127.0.0.1:{_server.Port}");

    /// <summary>Tokens that are good now; empty means that none is wanted.</summary>
    public ISet<string> Tokens { get; } = new HashSet<string>();

    /// <summary>Whether a client certificate is wanted.</summary>
    public bool WantsClientCertificate { get; set; }

    /// <summary>Versions of the API group that are served.</summary>
    public ISet<string> Versions { get; } = new HashSet<string> { "v1beta1", "v1alpha1" };

    /// <summary>Kinds, in the plural, that are not installed.</summary>
    public ISet<string> MissingKinds { get; } = new HashSet<string>();

    /// <summary>Kinds, in the plural, that the caller may not see.</summary>
    public ISet<string> ForbiddenKinds { get; } = new HashSet<string>();

    /// <summary>Starts a fake.</summary>
    /// <param name="usesTls">Whether it speaks TLS.</param>
    /// <param name="serverName">DNS name in its certificate, besides 127.0.0.1.</param>
    public static async Task<FakeKubernetes> StartAsync(bool usesTls = true, string serverName = "localhost")
    {
        FakeKubernetes fake = new(usesTls, serverName);
        await fake._server.StartAsync();
        return fake;
    }

    /// <summary>Stops; watches break off.</summary>
    public Task StopAsync() => _server.StopAsync();

    /// <summary>Starts again on the same port.</summary>
    public Task StartAgainAsync() => _server.StartAsync(_server.Port);

    /// <summary>Secrets, as namespace/name: their keys with values in clear.</summary>
    public IDictionary<string, Dictionary<string, string>> Secrets { get; } = new ConcurrentDictionary<string, Dictionary<string, string>>();

    /// <summary>Creates or replaces a resource.</summary>
    /// <param name="kind">Kind, such as <c>MCPServer</c>.</param>
    /// <param name="name">Name.</param>
    /// <param name="spec">Spec as JSON.</param>
    /// <param name="status">Status as JSON; null for none.</param>
    /// <param name="space">Namespace.</param>
    /// <param name="metadata">More metadata as JSON.</param>
    public void Apply(string kind, string name, string spec, string? status = null, string space = "default", string metadata = "{}")
    {
        JsonObject resource = new() { ["kind"] = kind, ["metadata"] = JsonNode.Parse(metadata), ["spec"] = JsonNode.Parse(spec) };
        resource["metadata"]!["name"] = name;
        resource["metadata"]!["namespace"] = space;
        resource["metadata"]!["creationTimestamp"] ??= "2026-01-02T03:04:05Z";
        if (status is not null)
        {
            resource["status"] = JsonNode.Parse(status);
        }

        lock (_gate)
        {
            string plural = PluralOf(kind);
            string key = $"{plural}/{space}/{name}";
            Record(key, _resources.ContainsKey(key) ? "MODIFIED" : "ADDED", plural, space, resource);
        }
    }

    /// <summary>A running MCPServer behind a streamable HTTP proxy.</summary>
    public void ApplyServer(
        string name,
        string space = "default",
        string phase = "Ready",
        string image = "ghcr.io/example/server:1.0",
        string url = "http://mcp-server-proxy:8080/mcp") =>
        Apply(
            "MCPServer",
            name,
            $$"""{"image":"{{image}}","transport":"stdio","proxyMode":"streamable-http"}""",
            $$"""{"phase":"{{phase}}","url":"{{url}}"}""",
            space);

    /// <summary>Deletes a resource.</summary>
    public void Delete(string kind, string name, string space = "default")
    {
        lock (_gate)
        {
            string plural = PluralOf(kind);
            string key = $"{plural}/{space}/{name}";
            if (_resources.TryGetValue(key, out FakeResource? resource))
            {
                Record(key, "DELETED", plural, space, resource.Resource.DeepClone().AsObject());
                _resources.Remove(key);
            }
        }
    }

    /// <summary>Ends all watches in the regular way.</summary>
    public void EndWatches()
    {
        lock (_gate)
        {
            _watchEpoch++;
            _watchEpochExpired = false;
            Notify();
        }
    }

    /// <summary>Forgets the history: running watches are told that their version expired, and resuming from before is refused.</summary>
    public void Compact()
    {
        lock (_gate)
        {
            _history.Clear();
            _oldest = ++_version;
            _watchEpoch++;
            _watchEpochExpired = true;
            Notify();
        }
    }

    /// <summary>Makes all pages under way expire.</summary>
    public void ExpirePages() => Interlocked.Increment(ref _continueEpoch);

    /// <summary>
    /// Waits until every installed one of some kinds has been watched a number of times. A watch counts once it follows changes and
    /// ends: one whose request has only arrived would not see an <see cref="EndWatches"/> of now.
    /// </summary>
    public async Task WaitForWatchesAsync(IReadOnlyList<string> plurals, int times)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (plurals.All(plural => MissingKinds.Contains(plural) || _watches.GetValueOrDefault(plural) >= times))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    /// <summary>Counts list requests of a kind.</summary>
    public int CountLists(string plural) =>
        Journal.Entries.Count(
            entry => entry.Path.EndsWith("/" + plural, StringComparison.Ordinal) && !entry.Query.Contains("watch=true", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Authority.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        string[] parts = context.Request.Path.Value!.Trim('/').Split('/');
        if (parts is ["api", "v1", "namespaces", string owner, "secrets", string secret])
        {
            await ServeSecretAsync(context, $"{owner}/{secret}");
            return;
        }

        if (parts is not ["apis", ApiGroup, string version, .. string[] rest])
        {
            await FailAsync(context, 404, "NotFound", "the server could not find the requested resource");
            return;
        }

        (string? space, string plural) = rest is ["namespaces", string named, string kind] ? (named, kind) : (null, rest[^1]);
        if (!IsAuthenticated(context))
        {
            await FailAsync(context, 401, "Unauthorized", "Unauthorized");
        }
        else if (!Versions.Contains(version) || MissingKinds.Contains(plural))
        {
            await FailAsync(context, 404, "NotFound", "the server could not find the requested resource");
        }
        else if (ForbiddenKinds.Contains(plural))
        {
            await FailAsync(context, 403, "Forbidden", $"{plural}.{ApiGroup} is forbidden: cannot list in API group at the cluster scope");
        }
        else if (context.Request.Query["watch"] == "true")
        {
            await WatchAsync(context, version, plural, space);
        }
        else
        {
            await ListAsync(context, version, plural, space);
        }
    }

    private Task ServeSecretAsync(HttpContext context, string name)
    {
        if (!IsAuthenticated(context))
        {
            return FailAsync(context, 401, "Unauthorized", "Unauthorized");
        }

        if (ForbiddenKinds.Contains("secrets"))
        {
            return FailAsync(context, 403, "Forbidden", "secrets is forbidden: cannot get resource in API group");
        }

        return Secrets.TryGetValue(name, out Dictionary<string, string>? values)
            ? context.JsonAsync(new JsonObject
            {
                ["kind"] = "Secret",
                ["data"] = new JsonObject(values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value.Value))))),
            })
            : FailAsync(context, 404, "NotFound", $"secrets \"{name}\" not found");
    }

    private bool IsAuthenticated(HttpContext context)
    {
        string token = context.Request.Headers.Authorization.ToString();
        bool hasToken = Tokens.Count == 0 || (token.StartsWith("Bearer ", StringComparison.Ordinal) && Tokens.Contains(token["Bearer ".Length..]));
        return hasToken && (!WantsClientCertificate || context.Connection.ClientCertificate is not null);
    }

    private async Task ListAsync(HttpContext context, string version, string plural, string? space)
    {
        int limit = int.TryParse(context.Request.Query["limit"], CultureInfo.InvariantCulture, out int given) ? given : int.MaxValue;
        string[] position = context.Request.Query["continue"].ToString().Split(':');
        int epoch = Volatile.Read(ref _continueEpoch);
        if (position.Length == 2 && int.Parse(position[0], CultureInfo.InvariantCulture) != epoch)
        {
            await FailAsync(context, 410, "Expired", "The provided continue parameter is too old");
            return;
        }

        int start = position.Length == 2 ? int.Parse(position[1], CultureInfo.InvariantCulture) : 0;
        JsonObject answer;
        lock (_gate)
        {
            FakeResource[] all = [.. _resources.Values.Where(resource => resource.Plural == plural && (space is null || resource.Namespace == space))];
            JsonObject metadata = new() { ["resourceVersion"] = _version.ToString(CultureInfo.InvariantCulture) };
            if (start + limit < all.Length)
            {
                metadata["continue"] = $"{epoch}:{start + limit}";
                metadata["remainingItemCount"] = all.Length - start - limit;
            }

            answer = new JsonObject
            {
                ["apiVersion"] = $"{ApiGroup}/{version}",
                ["kind"] = "List",
                ["metadata"] = metadata,
                ["items"] = new JsonArray([.. all.Skip(start).Take(limit).Select(resource => In(version, resource))]),
            };
        }

        await context.JsonAsync(answer);
    }

    private async Task WatchAsync(HttpContext context, string version, string plural, string? space)
    {
        long seen = long.Parse(context.Request.Query["resourceVersion"].ToString() is { Length: > 0 } from ? from : "0", CultureInfo.InvariantCulture);
        int epoch;
        lock (_gate)
        {
            epoch = _watchEpoch;
            _watches[plural] = _watches.GetValueOrDefault(plural) + 1;
            Notify();
        }

        context.Response.ContentType = "application/json";
        await context.Response.StartAsync();
        while (true)
        {
            List<JsonObject> events = [];
            bool ends, isExpired;
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
                ends = _watchEpoch != epoch;
                isExpired = (ends && _watchEpochExpired) || seen < _oldest;
                if (!isExpired)
                {
                    events.AddRange(_history
                        .Where(change => change.Version > seen && change.Plural == plural && (space is null || change.Namespace == space))
                        .Select(change => new JsonObject { ["type"] = change.Type, ["object"] = In(version, change) }));
                    seen = _version;
                    events.Add(new JsonObject
                    {
                        ["type"] = "BOOKMARK",
                        ["object"] = new JsonObject
                        {
                            ["kind"] = plural,
                            ["metadata"] = new JsonObject { ["resourceVersion"] = seen.ToString(CultureInfo.InvariantCulture) },
                        },
                    });
                }
            }

            if (isExpired)
            {
                events = [new JsonObject { ["type"] = "ERROR", ["object"] = Status(410, "Expired", "too old resource version") }];
            }

            await context.Response.Body.WriteAsync(
                Encoding.UTF8.GetBytes(string.Concat(events.Select(item => item.ToJsonString() + "\n"))), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            if (ends || isExpired)
            {
                return;
            }

            await changed.WaitAsync(context.RequestAborted);
        }
    }

    private void Record(string key, string type, string plural, string space, JsonObject resource)
    {
        FakeResource change = new(++_version, type, plural, space, resource);
        _resources[key] = change;
        _history.Add(change);
        Notify();
    }

    private void Notify()
    {
        TaskCompletionSource changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }

    // The server converts between versions: a group reference was a text in v1alpha1.
    private static JsonObject In(string version, FakeResource change)
    {
        JsonObject resource = change.Resource.DeepClone().AsObject();
        resource["apiVersion"] = $"{ApiGroup}/{version}";
        resource["metadata"]!["resourceVersion"] = change.Version.ToString(CultureInfo.InvariantCulture);
        if (version == "v1alpha1" && resource["spec"]?["groupRef"] is JsonObject reference)
        {
            resource["spec"]!["groupRef"] = (string?)reference["name"];
        }

        return resource;
    }

    private static Task FailAsync(HttpContext context, int code, string reason, string message) => context.JsonAsync(Status(code, reason, message), code);

    private static JsonObject Status(int code, string reason, string message) =>
        new() { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Failure", ["message"] = message, ["reason"] = reason, ["code"] = code };

    private static string PluralOf(string kind) => kind switch
    {
        "MCPRemoteProxy" => "mcpremoteproxies",
        "MCPServerEntry" => "mcpserverentries",
        _ => kind.ToLowerInvariant() + "s",
    };
}
