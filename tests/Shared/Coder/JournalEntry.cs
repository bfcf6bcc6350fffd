namespace Shared.Coder;

/// <summary>One call that reached the fake.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Host">Host header.</param>
/// <param name="Path">Path.</param>
/// <param name="Query">Query with its question mark.</param>
/// <param name="Headers">Headers by name, lower case.</param>
/// <param name="Body">Body as text.</param>
public sealed record JournalEntry(string Method, string Host, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Status of the answer; 0 while there is none.</summary>
    public int Status { get; set; }

    public override string ToString() => $"{Method} {Path}{Query}";
}
