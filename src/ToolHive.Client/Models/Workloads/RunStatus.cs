namespace ToolHive.Client.Models.Workloads;

/// <summary>Kind of outcome of running a registry entry.</summary>
public enum RunStatus
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>A new workload was created and is starting.</summary>
    Started,

    /// <summary>A workload of the same server runs already; nothing was done.</summary>
    AlreadyRunning,

    /// <summary>Required settings have no value; nothing was done.</summary>
    MissingSettings,

    /// <summary>A workload of that name exists; nothing was done.</summary>
    NameTaken,
}
