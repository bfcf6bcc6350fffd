namespace Coder.Client.Clients.Wire;

/// <summary>Error body of every Coder endpoint.</summary>
internal sealed record CoderError
{
    public string? Message { get; init; }

    public string? Detail { get; init; }

    public IReadOnlyList<CoderErrorField> Validations { get => field ?? []; init => field = WireList.WithoutNulls(value); }
}
