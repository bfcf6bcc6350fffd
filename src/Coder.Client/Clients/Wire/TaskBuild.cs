namespace Coder.Client.Clients.Wire;

internal sealed record TaskBuild
{
    public WorkspaceBuild? WorkspaceBuild { get; init; }
}
