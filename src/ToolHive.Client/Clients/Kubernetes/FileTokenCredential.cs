namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>A token in a file that the kubelet replaces before it expires.</summary>
internal sealed class FileTokenCredential(string path, TimeProvider clock) : KubernetesCredential
{
    // The kubelet replaces a token when a fifth of its life is left, at least two minutes.
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private string? _token;
    private long _read;

    public override ValueTask<string?> GetTokenAsync(string? refused, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_token is null || _token == refused || clock.GetElapsedTime(_read) >= Freshness)
            {
                _token = Read() ?? _token;
                _read = clock.GetTimestamp();
            }

            return ValueTask.FromResult(_token);
        }
    }

    private string? Read()
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } token ? token : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // In the moment of replacement: the old one is still good for a while.
            return null;
        }
    }
}
