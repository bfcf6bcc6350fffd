namespace Shared.Horreum;

/// <summary>One request that the fake received.</summary>
public sealed record FakeRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Method, path and query, as they stood on the wire.</summary>
    public override string ToString() => $"{Method} {Path}{Query}";
}
