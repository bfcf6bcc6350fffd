namespace Coder.Client.Clients.Wire;

/// <summary>One resource that a build made.</summary>
public sealed record WorkspaceResource
{
    /// <summary>Id of the resource.</summary>
    public Guid Id { get; init; }

    /// <summary>Type of the resource, for example <c>docker_container</c> or <c>coder_ai_task</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Name of the resource.</summary>
    public string? Name { get; init; }

    /// <summary>Transition of the build that made it.</summary>
    public string? WorkspaceTransition { get; init; }

    /// <summary>Workspace agents that run in it; often none.</summary>
    public IReadOnlyList<WorkspaceAgent> Agents { get => field ?? []; init => field = WireList.WithoutNulls(value); }
}
