using System.ComponentModel.DataAnnotations;
using ToolHive.Client.Configuration;

namespace ToolHive.Client;

/// <summary>How ToolHive is found and how patient calls are. Validated when the host starts.</summary>
public sealed class ToolHiveClientOptions
{
    /// <summary>
    /// Address of ToolHive's API, http or https; null (default) looks for it. When set, nothing else is tried, so that requests never
    /// reach another ToolHive than the one named.
    /// </summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>Host that <see cref="Port"/> and the port scan ask. Default <c>localhost</c>.</summary>
    [Required]
    public string Host { get; set; } = "localhost";

    /// <summary>Port that is tried first; null (default) goes straight to the discovery file.</summary>
    [Range(1, 65535)]
    public int? Port { get; set; }

    /// <summary>Whether the file that <c>thv serve</c> writes is looked at. Default true.</summary>
    public bool UseDiscoveryFile { get; set; } = true;

    /// <summary>Path of that file; null (default) takes the platform's place for it.</summary>
    public string? DiscoveryFilePath { get; set; }

    /// <summary>Whether a range of ports is asked when nothing else helped. Default true.</summary>
    public bool UsePortScan { get; set; } = true;

    /// <summary>First port of the scan. Default 50000, where the desktop application serves.</summary>
    [Range(1, 65535)]
    public int ScanStartPort { get; set; } = 50000;

    /// <summary>Last port of the scan. Default 50100.</summary>
    [Range(1, 65535)]
    public int ScanEndPort { get; set; } = 50100;

    /// <summary>Ports asked at the same time. Default 16.</summary>
    [Range(1, 256)]
    public int ScanParallelism { get; set; } = 16;

    /// <summary>How long one port may take to answer. Default 1 s, at most 30 s.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one request may take. Default 10 s, at most 1 h.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a request may take that makes ToolHive pull or build something. Default 11 min: ToolHive gives up after 10.</summary>
    public TimeSpan LongRequestTimeout { get; set; } = TimeSpan.FromMinutes(11);

    /// <summary>How often one call tries to reach ToolHive. Default 100.</summary>
    [Range(1, 500)]
    public int MaxAttempts { get; set; } = 100;

    /// <summary>
    /// How long one call keeps trying to reach ToolHive. Default 30 s; <see cref="Timeout.InfiniteTimeSpan"/> leaves the limit to
    /// <see cref="MaxAttempts"/>, which with the default delays rides out an absence of more than an hour.
    /// </summary>
    public TimeSpan MaxRetryDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Delay after the first failure; it doubles with each further one. Default 1 s.</summary>
    public TimeSpan InitialBackoff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest delay between attempts. Default 60 s.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Token for a ToolHive that wants one. Sent to <see cref="BaseAddress"/>, <see cref="Port"/> and the discovered socket only, never to a scanned port.</summary>
    public string? BearerToken { get; set; }

    /// <summary>Value of the <c>X-Client-Type</c> header; null (default) sends none.</summary>
    public string? ClientType { get; set; }

    /// <summary>
    /// Whether loopback addresses of workloads are given ToolHive's host, for a client inside a container. Default false.
    /// The reference's <c>RUNNING_IN_DOCKER=1</c>.
    /// </summary>
    public bool RewriteLoopbackHosts { get; set; }

    /// <summary>Details of remote workloads that are read at the same time. Default 8.</summary>
    [Range(1, 64)]
    public int DetailParallelism { get; set; } = 8;

    /// <summary>How often a watch asks for the workload list. Default 5 s.</summary>
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Takes over the settings that the environment names: <c>TOOLHIVE_URL</c>, <c>TOOLHIVE_HOST</c>, <c>TOOLHIVE_PORT</c>,
    /// <c>TOOLHIVE_START_PORT_SCAN</c>, <c>TOOLHIVE_END_PORT_SCAN</c>, <c>TOOLHIVE_TIMEOUT</c>, <c>TOOLHIVE_MAX_RETRIES</c>,
    /// <c>TOOLHIVE_INITIAL_BACKOFF</c>, <c>TOOLHIVE_MAX_BACKOFF</c> (times in seconds), <c>TOOLHIVE_TOKEN</c>, <c>RUNNING_IN_DOCKER</c>.
    /// Variables that are absent or empty change nothing.
    /// </summary>
    /// <param name="read">Reads a variable; null reads the process environment.</param>
    /// <exception cref="FormatException">A value cannot be read; the message names variable, value and rule.</exception>
    public void ReadEnvironment(Func<string, string?>? read = null)
    {
        EnvironmentReader environment = new(read ?? Environment.GetEnvironmentVariable);
        BaseAddress = environment.Uri("TOOLHIVE_URL") ?? BaseAddress;
        Host = environment.Text("TOOLHIVE_HOST") ?? Host;
        Port = environment.Number("TOOLHIVE_PORT") ?? Port;
        ScanStartPort = environment.Number("TOOLHIVE_START_PORT_SCAN") ?? ScanStartPort;
        ScanEndPort = environment.Number("TOOLHIVE_END_PORT_SCAN") ?? ScanEndPort;
        RequestTimeout = environment.Seconds("TOOLHIVE_TIMEOUT") ?? RequestTimeout;
        MaxAttempts = environment.Number("TOOLHIVE_MAX_RETRIES") ?? MaxAttempts;
        InitialBackoff = environment.Seconds("TOOLHIVE_INITIAL_BACKOFF") ?? InitialBackoff;
        MaxBackoff = environment.Seconds("TOOLHIVE_MAX_BACKOFF") ?? MaxBackoff;
        BearerToken = environment.Text("TOOLHIVE_TOKEN") ?? BearerToken;
        RewriteLoopbackHosts = environment.Flag("RUNNING_IN_DOCKER") ?? RewriteLoopbackHosts;
    }
}
