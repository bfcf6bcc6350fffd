using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hosting.Configuration;

/// <summary>
/// What every server of ours says about itself. Protocol version 2026-07-28 demands caching hints on lists and resources;
/// a server that gives none gets those that promise nothing: not to be kept, not to be shared.
/// </summary>
internal sealed class ServerDefaults(McpHostOptions host, TimeProvider time) : IConfigureOptions<McpServerOptions>
{
    public void Configure(McpServerOptions options)
    {
        options.ServerInfo = new Implementation { Name = host.Name, Version = host.Version };
        options.ServerInstructions = host.Instructions;
        options.Handlers.SubscriptionsListenHandler ??= (request, cancellationToken) => ListChanges.ListenAsync(request, time, cancellationToken);
        McpRequestFilters filters = options.Filters.Request;
        filters.ListToolsFilters.Insert(0, Hint);
        filters.ListPromptsFilters.Insert(0, Hint);
        filters.ListResourcesFilters.Insert(0, Hint);
        filters.ListResourceTemplatesFilters.Insert(0, Hint);
        filters.ReadResourceFilters.Insert(0, Hint);
    }

    private static McpRequestHandler<TParams, TResult> Hint<TParams, TResult>(McpRequestHandler<TParams, TResult> next)
        where TResult : ICacheableResult => async (request, cancellationToken) =>
        {
            TResult result = await next(request, cancellationToken);
            result.TimeToLive ??= TimeSpan.Zero;
            result.CacheScope ??= CacheScope.Private;
            return result;
        };
}
