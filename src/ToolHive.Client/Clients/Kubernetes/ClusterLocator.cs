using Microsoft.Extensions.Options;

namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>Finds out, once, how the cluster is reached.</summary>
internal sealed class ClusterLocator : IDisposable
{
    private static readonly Uri KubectlProxy = new("http://127.0.0.1:8001/");

    private readonly ToolHiveKubernetesOptions _options;
    private readonly TimeProvider _clock;
    private readonly Lazy<ClusterConnection> _connection;

    public ClusterLocator(IOptions<ToolHiveKubernetesOptions> options, TimeProvider clock)
    {
        _options = options.Value;
        _clock = clock;
        _connection = new Lazy<ClusterConnection>(Locate, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The way to the cluster.</summary>
    /// <exception cref="ToolHiveUnavailableException">A kubeconfig cannot be used; the message says why.</exception>
    public ClusterConnection Connection => _connection.Value;

    public void Dispose()
    {
        if (_connection.IsValueCreated)
        {
            (_connection.Value.Credential as IDisposable)?.Dispose();
        }
    }

    private ClusterConnection Locate()
    {
        if (_options.ApiServer is { } configured)
        {
            return WithServiceAccount(configured, "the setting ApiServer");
        }

        if (_options.KubeconfigPath is { } path)
        {
            return FromKubeconfig([path]);
        }

        if (InClusterAddress() is { } address && File.Exists(TokenPath))
        {
            return WithServiceAccount(address, "the pod's service account");
        }

        string[] files = (Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } named
                ? named.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                : [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")])
            .Where(File.Exists).ToArray();
        return files.Length > 0 ? FromKubeconfig(files) : new ClusterConnection(KubectlProxy, new ServerTrust(null, null, skip: false), KubernetesCredential.None, null, "kubectl proxy");
    }

    private string TokenPath => Path.Combine(_options.ServiceAccountDirectory, "token");

    private ClusterConnection WithServiceAccount(Uri server, string origin)
    {
        string authority = Path.Combine(_options.ServiceAccountDirectory, "ca.crt");
        KubernetesCredential credential = File.Exists(TokenPath) ? new FileTokenCredential(TokenPath, _clock) : KubernetesCredential.None;
        return new ClusterConnection(WithSlash(server), new ServerTrust(File.Exists(authority) ? () => File.ReadAllText(authority) : null, null, skip: false), credential, null, origin);
    }

    private ClusterConnection FromKubeconfig(IReadOnlyList<string> paths)
    {
        KubeconfigContext context = KubeconfigReader.Read(paths, _options.Context);
        KubernetesCredential credential = context.Exec is { } exec ? new ExecCredential(exec, _options.ExecTimeout, _clock)
            : context.TokenFile is { } file ? new FileTokenCredential(file, _clock)
            : new StaticCredential(context.Token, context.ClientCertificate is { } certificate && context.ClientKey is { } key ? CertificateLoader.FromPem(certificate, key) : null);
        ServerTrust trust = new(context.Authority is { } authority ? () => authority : null, context.TlsServerName, context.SkipTlsVerify);
        return new ClusterConnection(WithSlash(context.Server), trust, credential, context.Proxy, $"context '{context.Name}' of {string.Join(", ", paths)}");
    }

    private static Uri? InClusterAddress()
    {
        string? host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");
        string port = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT_HTTPS") ?? Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT") ?? "443";
        string? bracketed = host?.Contains(':', StringComparison.Ordinal) == true ? $"[{host}]" : host;
        return Uri.TryCreate($"https://{bracketed}:{port}/", UriKind.Absolute, out Uri? uri) && !string.IsNullOrEmpty(host) ? uri : null;
    }

    private static Uri WithSlash(Uri address) => new(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
}
