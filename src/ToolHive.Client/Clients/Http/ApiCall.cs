namespace ToolHive.Client.Clients.Http;

/// <summary>One request to ToolHive, ready to be sent as often as needed.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query relative to the API's root, already escaped.</param>
internal sealed record ApiCall(HttpMethod Method, string Path)
{
    /// <summary>JSON body; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Values in the body that must not come back in an error message.</summary>
    public IReadOnlyList<string> SentSecrets { get => field ?? []; init; }

    /// <summary>True when ToolHive may pull or build something before it answers.</summary>
    public bool IsLong { get; init; }

    /// <summary>True when sending it twice does no harm.</summary>
    public bool IsIdempotent => Method == HttpMethod.Get || Method == HttpMethod.Put;

    /// <summary>The same call with the patience of a pull or build.</summary>
    public ApiCall AsLong() => this with { IsLong = true };

    /// <summary>Method and path without the query, for messages.</summary>
    public override string ToString() => $"{Method} /{Path.Split('?')[0]}";
}
