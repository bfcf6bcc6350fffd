namespace Horreum.Client.Clients.Wire;

/// <summary>Names a dataset.</summary>
public sealed record DatasetInfo
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Id of the run.</summary>
    public int RunId { get; init; }

    /// <summary>Position in its run, from 0.</summary>
    public int Ordinal { get; init; }

    /// <summary>Id of the test.</summary>
    public int TestId { get; init; }
}
