namespace McpOptimizer.Core.Services.Calls;

/// <summary>All sinks of a kind: one that fails keeps no record from the others, and never the caller's answer.</summary>
internal static class AuditSinks
{
    /// <summary>Hands a record to each.</summary>
    /// <param name="sinks">Those that are registered.</param>
    /// <param name="write">Gives one of them the record.</param>
    /// <param name="failed">Is told the type of one that threw, and what.</param>
    public static void Write<T>(T[] sinks, Action<T> write, Action<string, Exception> failed)
        where T : notnull
    {
        foreach (T sink in sinks)
        {
            try
            {
                write(sink);
            }
#pragma warning disable CA1031 // What was asked for is done; that it could not be recorded must be seen all the same.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failed(sink.GetType().Name, e);
            }
        }
    }
}
