using System.ComponentModel.DataAnnotations;
using ToolHive.Client.Configuration;

namespace ToolHive.Client;

/// <summary>How the Kubernetes API server is reached, and where ToolHive's resources are looked for. Validated when the host starts.</summary>
public sealed class ToolHiveKubernetesOptions
{
    /// <summary>
    /// Address of the API server; null (default) takes, in this order: <see cref="KubeconfigPath"/>, the service account of the pod,
    /// the files that <c>KUBECONFIG</c> names, <c>~/.kube/config</c>, a <c>kubectl proxy</c> at <c>http://127.0.0.1:8001</c>.
    /// With an address, a pod's service account is used if there is one.
    /// </summary>
    public Uri? ApiServer { get; set; }

    /// <summary>Path of a kubeconfig file; null (default) for none in particular.</summary>
    public string? KubeconfigPath { get; set; }

    /// <summary>Context of the kubeconfig; null (default) for its current one.</summary>
    public string? Context { get; set; }

    /// <summary>Namespaces to look in; empty (default) for all.</summary>
    public IList<string> Namespaces { get; } = [];

    /// <summary>The namespaces, or null alone for all.</summary>
    internal IReadOnlyList<string?> Scopes => Namespaces.Count == 0 ? [null] : [.. Namespaces.Distinct()];

    /// <summary>Where a pod finds its token and its authority's certificate.</summary>
    [Required]
    public string ServiceAccountDirectory { get; set; } = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Resources per page of a listing. Default 500.</summary>
    [Range(1, 5000)]
    public int PageSize { get; set; } = 500;

    /// <summary>How long one request may take, and a watch until it starts. Default 20 s.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long one watch lasts before it is resumed. Default 5 min.</summary>
    public TimeSpan WatchTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often one request is tried. Default 4.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 4;

    /// <summary>Delay after the first failure; it doubles with each further one. Default 0.5 s.</summary>
    public TimeSpan InitialBackoff { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest delay between attempts, and between looks for a kind that the cluster does not know. Default 30 s.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long changes are gathered before a watch reports them. Default 100 ms.</summary>
    public TimeSpan ChangeDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a credential plugin of a kubeconfig may run. Default 60 s.</summary>
    public TimeSpan ExecTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Takes over the settings that the environment names: <c>K8S_API_SERVER_URL</c>, <c>K8S_NAMESPACE</c> (comma separated; ignored when
    /// <c>K8S_ALL_NAMESPACES</c> is true), <c>MCP_TIMEOUT</c> (seconds). Variables that are absent or empty change nothing.
    /// </summary>
    /// <param name="read">Reads a variable; null reads the process environment.</param>
    /// <exception cref="FormatException">A value cannot be read; the message names variable, value and rule.</exception>
    public void ReadEnvironment(Func<string, string?>? read = null)
    {
        EnvironmentReader environment = new(read ?? Environment.GetEnvironmentVariable);
        ApiServer = environment.Uri("K8S_API_SERVER_URL") ?? ApiServer;
        RequestTimeout = environment.Seconds("MCP_TIMEOUT") ?? RequestTimeout;
        if (environment.Flag("K8S_ALL_NAMESPACES") is true)
        {
            Namespaces.Clear();
        }
        else if (environment.List("K8S_NAMESPACE") is { } namespaces)
        {
            Namespaces.Clear();
            foreach (string name in namespaces)
            {
                Namespaces.Add(name);
            }
        }
    }
}
