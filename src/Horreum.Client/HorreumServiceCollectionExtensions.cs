using System.Net.Http.Headers;
using System.Text;
using Horreum.Client;
using Horreum.Client.Clients;
using Horreum.Client.Repositories;
using Horreum.Client.Services;
using Horreum.Client.Services.Paging;
using Horreum.Client.Services.Time;
using Horreum.Client.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

#pragma warning disable IDE0130 // Registrations stand where the container's users look for them.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers the package. Every method may be called more than once.</summary>
public static class HorreumServiceCollectionExtensions
{
    private const string ClientName = "Horreum.Client";
    private const string ApiKeyHeader = "X-Horreum-API-Key";

    /// <summary>Adds <see cref="IHorreumClient"/>. Settings are checked when the host starts.</summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="configure">Sets the address and the credential.</param>
    /// <returns>The builder of the HTTP client, for handlers of your own.</returns>
    public static IHttpClientBuilder AddHorreumClient(this IServiceCollection services, Action<HorreumClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptionsWithValidateOnStart<HorreumClientOptions>().Configure(options => configure?.Invoke(options));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HorreumClientOptions>, HorreumClientOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RequestGate>();
        services.TryAddSingleton(CreateTransport);
        services.TryAddSingleton<IHorreumClient, HorreumClient>();
        return services.AddHttpClient(ClientName, ConfigureClient)
            .UseSocketsHttpHandler(static (handler, provider) =>
                HorreumHandlerFactory.Configure(handler, provider.GetRequiredService<IOptions<HorreumClientOptions>>().Value))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
    }

    /// <summary>Adds <see cref="IHorreumClient"/> with settings from a configuration section.</summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="section">Section with the members of <see cref="HorreumClientOptions"/>.</param>
    /// <param name="configure">Changes what the section says.</param>
    /// <returns>The builder of the HTTP client, for handlers of your own.</returns>
    public static IHttpClientBuilder AddHorreumClient(this IServiceCollection services, IConfiguration section, Action<HorreumClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<HorreumClientOptions>().Bind(section);
        return services.AddHorreumClient(configure);
    }

    /// <summary>
    /// Adds the services (<see cref="ITestService"/>, <see cref="IRunService"/> …) and what the tools need. The client must be added as well.
    /// </summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="configure">Changes the settings.</param>
    public static IServiceCollection AddHorreumServices(this IServiceCollection services, Action<HorreumContractOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptionsWithValidateOnStart<HorreumContractOptions>().Configure(options => configure?.Invoke(options));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HorreumContractOptions>, HorreumContractOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TestRepository>();
        services.TryAddSingleton<RunRepository>();
        services.TryAddSingleton<DatasetRepository>();
        services.TryAddSingleton<SchemaRepository>();
        services.TryAddSingleton<LabelValueRepository>();
        services.AddOptions<HorreumClientOptions>()
            .PostConfigure<IOptions<HorreumContractOptions>>((client, contract) => client.MaxResponseBytes ??= contract.Value.MaxPayloadBytes);
        services.TryAddSingleton<PageTokens>();
        services.TryAddSingleton<OffsetPages>();
        services.TryAddSingleton<TimeRangeResolver>();
        services.TryAddSingleton<TimedLists>();
        services.TryAddSingleton<TestDirectory>();
        services.TryAddSingleton<ITestService, TestService>();
        services.TryAddSingleton<IRunService, RunService>();
        services.TryAddSingleton<IDatasetService, DatasetService>();
        services.TryAddSingleton<ISchemaService, SchemaService>();
        services.TryAddSingleton<ILabelValueService, LabelValueService>();
        services.TryAddSingleton<ISourceService, SourceService>();
        services.TryAddSingleton<ToolCatalog>();
        services.TryAddSingleton(static provider => new HorreumToolRunner(
            provider.GetRequiredService<ToolCatalog>(),
            provider.GetRequiredService<IOptions<HorreumContractOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<HorreumToolRunner>>()));
        return services;
    }

    /// <summary>
    /// Registers each of Horreum's tools as a <see cref="McpServerTool"/> singleton, and its resources likewise, which an MCP server picks up beside those of
    /// other packages, and the services and the client below them. A tool name that is registered twice stops the host at its start.
    /// <c>upload_run</c> is offered only when <see cref="HorreumContractOptions.EnableWrites"/> is set.
    /// </summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="configure">Changes the settings.</param>
    public static IServiceCollection AddHorreumTools(this IServiceCollection services, Action<HorreumContractOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddHorreumClient();
        services.AddHorreumServices(configure);
        if (services.Any(service => service.ServiceType == typeof(ToolOffer)))
        {
            return services;
        }

        ToolNames.Guard(services);
        services.AddSingleton<ToolOffer>();
        services.AddSingleton<IPostConfigureOptions<McpServerOptions>>(static provider => provider.GetRequiredService<ToolOffer>());
        foreach (string name in ToolCatalog.Names)
        {
            services.AddSingleton(provider => provider.GetRequiredService<ToolOffer>().Tool(name));
        }

        foreach ((string Name, string Description, string Template, string Tool, string Parameter) resource in ToolOffer.Resources)
        {
            services.AddSingleton(provider => provider.GetRequiredService<ToolOffer>().Resource(resource));
        }

        return services;
    }

    private static HorreumTransport CreateTransport(IServiceProvider provider) => new(
        provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName),
        provider.GetRequiredService<IOptions<HorreumClientOptions>>(),
        provider.GetRequiredService<RequestGate>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<HorreumTransport>>());

    private static void ConfigureClient(IServiceProvider provider, HttpClient http)
    {
        HorreumClientOptions options = provider.GetRequiredService<IOptions<HorreumClientOptions>>().Value;
        http.BaseAddress = new Uri(options.BaseAddress!.AbsoluteUri.TrimEnd('/') + "/");
        http.Timeout = Timeout.InfiniteTimeSpan;

        // Cleared first: a second registration must not send them twice.
        http.DefaultRequestHeaders.Remove(ApiKeyHeader);
        if (!string.IsNullOrEmpty(options.ApiKey))
        {
            http.DefaultRequestHeaders.Add(ApiKeyHeader, options.ApiKey);
        }

        http.DefaultRequestHeaders.Authorization = options switch
        {
            { BearerToken.Length: > 0 } => new AuthenticationHeaderValue("Bearer", options.BearerToken),
            { UserName.Length: > 0 } => new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.UserName}:{options.Password}"))),
            _ => null,
        };
    }
}
