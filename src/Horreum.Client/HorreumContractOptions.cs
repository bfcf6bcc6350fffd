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

    /// <summary>Whether a <c>from</c> that is later than <c>to</c> is refused. When not, the answer is empty and has a warning.</summary>
    /// <value>False.</value>
    public bool StrictTimes { get; set; }

    /// <summary>Page size when a request gives none, 1 to <see cref="MaxPageSize"/>.</summary>
    /// <value>100.</value>
    public int DefaultPageSize { get; set; } = 100;

    /// <summary>
    /// Largest answer of Horreum that is passed on, in bytes, 1 KiB to 2 GiB; for a larger run, dataset or list the tools answer 413. What Horreum sends
    /// without saying how long it is takes up to this much memory for each call.
    /// </summary>
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
