using System.Reflection;
using Horreum.Client.Models;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Services;

internal sealed class SourceService(IOptions<HorreumClientOptions> client, IOptions<HorreumContractOptions> contract) : ISourceService
{
    private const string ContractVersion = "1.0.0";

    private static readonly string Version =
        typeof(SourceService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    private readonly SourceDescription _description = new()
    {
        SourceType = "horreum",
        Version = Version,
        ContractVersion = ContractVersion,
        Capabilities = new SourceCapabilities { Pagination = true, Caching = contract.Value.NameCacheDuration > TimeSpan.Zero, Streaming = false, Schemas = true },
        Limits = new SourceLimits
        {
            MaxPageSize = HorreumContractOptions.MaxPageSize,
            MaxDatasetSize = contract.Value.MaxPayloadBytes,
            RateLimitPerMinute = client.Value.RequestsPerSecond * 60,
            RateLimitPerSecond = client.Value.RequestsPerSecond,
            RequestTimeoutMs = (long)client.Value.Timeout.TotalMilliseconds,
        },
    };

    public SourceDescription Describe() => _description;
}
