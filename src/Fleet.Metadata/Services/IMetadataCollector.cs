namespace Fleet.Metadata.Services;

/// <summary>
/// One source of metadata. Register further ones with <c>services.AddSingleton&lt;IMetadataCollector, …&gt;()</c>; they run beside the built-in ones, and on
/// equal keys the one registered first wins.
/// </summary>
public interface IMetadataCollector
{
    /// <summary>Lower-case word for logs and metrics, such as <c>git</c>.</summary>
    string Name { get; }

    /// <summary>How long one collection may take; what the sink holds by then is reported.</summary>
    TimeSpan Deadline { get; }

    /// <summary>Puts what it finds into the sink, early what is known early. Called by several threads at once.</summary>
    /// <param name="sink">Takes the entries, and the reasons for those that are missing.</param>
    /// <param name="cancellationToken">Fires at the deadline.</param>
    /// <exception cref="Exception">Anything thrown is logged with the name; what the sink holds is still reported.</exception>
    Task CollectAsync(MetadataSink sink, CancellationToken cancellationToken = default);
}
