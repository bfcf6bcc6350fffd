namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>A credential plugin as a kubeconfig names it.</summary>
internal sealed record ExecSettings(string Command, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string ApiVersion, string? InstallHint)
{
    // Arguments and environment may hold secrets.
    public override string ToString() => Command;
}
