namespace McpOptimizer.Core;

/// <summary>Why the store could not do what was asked.</summary>
public enum StoreFailure
{
    /// <summary>It cannot be used as it is: not a database, from a newer version, at a place that cannot be opened.</summary>
    Unusable = 0,

    /// <summary>No space is left where it lies. What is stored stays readable.</summary>
    Full,

    /// <summary>It may only be read. What is stored stays readable.</summary>
    ReadOnly,

    /// <summary>The file is damaged.</summary>
    Damaged,

    /// <summary>Another process held it for longer than the settings allow to wait.</summary>
    Busy,

    /// <summary>Another writer was faster: what was to be written does not fit what is there now.</summary>
    Conflict,

    /// <summary>The host does not bring the native library of the database.</summary>
    NoLibrary,

    /// <summary>The database server cannot be reached, or ends connections. What is in memory is served on.</summary>
    Unreachable,

    /// <summary>Another process has taken over what this one was to write. Nothing was written.</summary>
    Superseded,
}
