using Horreum.Client.Models;

namespace Horreum.Client;

/// <summary>How the services, the tools and the endpoints behave.</summary>
public sealed class HorreumContractOptions
{
    /// <summary>Largest page that can be asked for.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>How members of answers are spelled, where a request does not choose.</summary>
    /// <value><see cref="ContractNaming.CamelCase"/>.</value>
    public ContractNaming Naming { get; set; }

    /// <summary>Whether runs may be uploaded. When not, the tool is neither listed nor callable.</summary>
    /// <value>False.</value>
    public bool EnableWrites { get; set; }

    /// <summary>How far back lists reach when a request gives no time; null for all time.</summary>
    /// <value>30 days.</value>
    public TimeSpan? DefaultTimeRange { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Page size when a request gives none, 1 to <see cref="MaxPageSize"/>.</summary>
    /// <value>100.</value>
    public int DefaultPageSize { get; set; } = 100;

    /// <summary>Largest content of a run or dataset that is answered, in bytes, 1 KiB to 2 GiB.</summary>
    /// <value>10 MiB.</value>
    public long MaxPayloadBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Time zone in which dates without one are read, by its IANA name.</summary>
    /// <value>UTC.</value>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Secret that page tokens are signed with, at least 16 characters. Servers behind one address need the same.</summary>
    /// <value>Null: random, so that tokens end with the process.</value>
    public string? PageTokenKey { get; set; }

    /// <summary>How long the id behind a test's name is remembered; zero for not at all.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan NameCacheDuration { get; set; } = TimeSpan.FromSeconds(30);
}
