using System.Diagnostics;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Offerings;
using McpOptimizer.Core.Repositories;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Calls.Results;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Trust;

namespace McpOptimizer.Core.Services.Offerings;

/// <summary>Searches, reads and renders with the scope that tools are searched and called with.</summary>
internal sealed class OfferingService(
    OfferingIndexes offerings,
    OfferingSearches searches,
    ToolIndexes tools,
    IVisibilityService visibility,
    EndpointRepository endpoints,
    TrustMemory memory,
    IBackendRepository backends,
    ResultFitter fitter,
    CallRecorder recorder,
    ResultFence fence,
    TimeProvider clock) : IOfferingService
{
    private const string ReadMethod = "resources/read";
    private const string RenderMethod = "prompts/get";
    private const int MostNamed = 5;

    public bool HasResources(CallerIdentity caller) => offerings.Resources.Current.VisibleTo(visibility.ScopeOf(caller).ForItems).ToolCount > 0;

    public bool HasPrompts(CallerIdentity caller) => offerings.Prompts.Current.VisibleTo(visibility.ScopeOf(caller).ForItems).ToolCount > 0;

    public Task<ToolSearchResult> FindResourcesAsync(ToolQuery query, CallerIdentity caller, CancellationToken cancellationToken = default) =>
        FindAsync(searches.Resources, query, caller, cancellationToken);

    public Task<ToolSearchResult> FindPromptsAsync(ToolQuery query, CallerIdentity caller, CancellationToken cancellationToken = default) =>
        FindAsync(searches.Prompts, query, caller, cancellationToken);

    public Task<ToolCallOutcome> ReadAsync(ResourceRequest request, CallerIdentity caller, CallContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        VisibilityScope scope = visibility.ScopeOf(caller);
        return RunAsync(ReadMethod, request.ServerName, request.Uri, context, async () =>
        {
            (string? server, string? reason) = ServerOf(request, scope);
            return server is null
                ? NotFound(reason!)
                : await AskAsync(scope, server, request.Uri, context, endpoint => backends.ReadResourceAsync(endpoint, request.Uri, NotAskable(context), cancellationToken), OfferingResults.OfResource, cancellationToken).ConfigureAwait(false);
        });
    }

    public Task<ToolCallOutcome> RenderAsync(PromptRequest request, CallerIdentity caller, CallContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        VisibilityScope scope = visibility.ScopeOf(caller);
        return RunAsync(RenderMethod, request.ServerName, request.Name, context, async () =>
        {
            (IndexedTool? prompt, string? reason) = PromptOf(request, scope.ForItems);
            if (prompt is null)
            {
                return NotFound(reason!);
            }

            if (PromptArguments.FindFault(prompt, request.Arguments) is { } fault)
            {
                return CallResults.Failure(ToolCallStatus.InvalidArguments, fault) with { ServerName = prompt.ServerName, ToolName = prompt.Name };
            }

            return await AskAsync(
                scope,
                prompt.ServerName,
                prompt.Name,
                context,
                endpoint => backends.GetPromptAsync(endpoint, prompt.Name, request.Arguments, NotAskable(context), cancellationToken),
                OfferingResults.OfPrompt,
                cancellationToken).ConfigureAwait(false);
        });
    }

    private async Task<ToolSearchResult> FindAsync(IToolSearchService search, ToolQuery query, CallerIdentity caller, CancellationToken cancellationToken)
    {
        VisibilityScope scope = visibility.ScopeOf(caller);
        using IDisposable? place = await scope.EnterSearchAsync(cancellationToken).ConfigureAwait(false);
        return await search.SearchAsync(query with { Scope = scope.ForItems }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ToolCallOutcome> RunAsync(string method, string? server, string name, CallContext context, Func<Task<ToolCallOutcome>> run)
    {
        ArgumentNullException.ThrowIfNull(context);
        long started = clock.GetTimestamp();
        using Activity? activity = CallRecorder.Start(name, method);
        ToolCallOutcome? outcome = null;
        try
        {
            outcome = fence.Mark(await run().ConfigureAwait(false));
            return outcome;
        }
        finally
        {
            recorder.Finish(activity, new ToolCallRequest { ServerName = server, ToolName = name }, context, outcome, started, method);
        }
    }

    private async Task<ToolCallOutcome> AskAsync(
        VisibilityScope scope,
        string server,
        string name,
        CallContext context,
        Func<BackendEndpoint, Task<JsonObject>> ask,
        Func<JsonObject, JsonObject> shape,
        CancellationToken cancellationToken = default)
    {
        if (memory.IsMoved(server))
        {
            return NotFound($"The server '{server}' is withheld: another address or program stands behind its name than was approved.");
        }

        if (endpoints.Find(server) is not { } endpoint)
        {
            return NotFound($"The server '{server}' is known but not reachable yet: no source has listed it since the start. Try again in a moment.");
        }

        (IDisposable? place, string? refusal) = await scope.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return CallResults.Failure(ToolCallStatus.LimitReached, refusal) with { ServerName = server, ToolName = name };
        }

        using IDisposable? held = place;
        try
        {
            FittedResult fitted = fitter.Fit(shape(await ask(endpoint).ConfigureAwait(false)), context);
            return new ToolCallOutcome { Status = ToolCallStatus.Succeeded, Result = fitted.Json, ServerName = server, ToolName = name, ResultHandle = fitted.Handle, IsCut = fitted.IsCut };
        }
        catch (BackendException e)
        {
            return CallResults.Failure(ToolCallStatus.BackendFailed, e.Message, failure: e.Failure) with { ServerName = server, ToolName = name };
        }
    }

    // A server that the caller cannot see reads like one that does not exist.
    private (string? Server, string? Reason) ServerOf(ResourceRequest request, VisibilityScope scope)
    {
        ToolIndex index = offerings.Resources.Current;
        if (string.IsNullOrEmpty(request.ServerName))
        {
            IReadOnlyList<IndexedTool> listed = [.. index.FindByName(request.Uri, scope.ForItems).Where(item => item.Name == request.Uri)];
            return listed switch
            {
                [{ } only] => (only.ServerName, null),
                [] => (null, $"No server lists the resource '{request.Uri}'. Name its server with server_name, or use find_resource."),
                _ => (null, $"'{request.Uri}' is ambiguous: {Servers(listed)} list it. Say which with server_name."),
            };
        }

        HashSet<string> visible = [.. tools.Workloads.Current.ListServers(scope).Concat(index.ListServers(scope.ForItems)).Select(server => server.Name)];
        if (!visible.Contains(request.ServerName))
        {
            return (null, $"There is no running server '{request.ServerName}'.{NearestName.Hint(request.ServerName, visible)}");
        }

        bool isAllowed = scope.ForItems.AllowsTool is null || scope.AllowsItem?.Invoke(request.ServerName, request.Uri) == true;
        return !isAllowed ? (null, $"The server '{request.ServerName}' has no resource '{request.Uri}'. Use find_resource.")
            : IsWithheld(request.ServerName, request.Uri) ? (null, $"The resource '{VisibleText.Shorten(request.Uri)}' of '{request.ServerName}' is withheld: its definition changed or was never approved, and awaits approval by an operator.")
            : (request.ServerName, null);
    }

    // What is not listed may be read; what is listed and withheld, or made from a template that is, may not. The parts of a template may hold anything.
    private bool IsWithheld(string server, string uri)
    {
        IReadOnlySet<string> withheld = offerings.WithheldBy(server, OfferingChange.Resources);
        return withheld.Contains(uri) || (withheld.Any(name => name.Contains('{', StringComparison.Ordinal) && TemplateFit.Fits(name, uri))
            && !offerings.Resources.Current.FindByName(uri).Any(item => item.ServerName == server && item.Name == uri));
    }

    private (IndexedTool? Prompt, string? Reason) PromptOf(PromptRequest request, VisibilityScope scope)
    {
        ToolIndex index = offerings.Prompts.Current;
        IEnumerable<IndexedTool> visible = index.ListTools(scope);
        IReadOnlyList<IndexedTool> found = string.IsNullOrEmpty(request.ServerName)
            ? index.FindByName(request.Name, scope)
            : [.. visible.Where(prompt => prompt.ServerName == request.ServerName && prompt.Name == request.Name)];
        return found switch
        {
            [{ } only] => (only, null),
            [] => (null, $"There is no prompt '{request.Name}'{(string.IsNullOrEmpty(request.ServerName) ? "" : $" on a server '{request.ServerName}'")}. Use find_prompt.{NearestName.Hint(request.Name, visible.Select(prompt => prompt.Name))}"),
            _ => (null, $"'{request.Name}' is ambiguous: {Servers(found)} have it. Say which with server_name."),
        };
    }

    private static string Servers(IReadOnlyList<IndexedTool> items) => string.Join(", ", items.Take(MostNamed).Select(item => item.ServerName));

    private static ToolCallOutcome NotFound(string reason) => CallResults.Failure(ToolCallStatus.NotFound, reason);

    // Reading and rendering are single questions; a backend that asks back is told that nobody can answer.
    private static CallContext NotAskable(CallContext context) => context with { OnRequest = null, AnswersLater = false };
}
