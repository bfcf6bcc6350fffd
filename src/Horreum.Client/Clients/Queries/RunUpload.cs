using System.Text.Json;
using Horreum.Client.Models;

namespace Horreum.Client.Clients.Queries;

/// <summary>A run to upload. Start, stop, test and description may be JSONPath expressions (<c>$.…</c>) into the data.</summary>
public sealed record RunUpload : RequestQuery
{
    /// <summary>Name or id of the test.</summary>
    public required string Test { get; init; }

    /// <summary>When the measurement started: ISO 8601 or milliseconds since 1970.</summary>
    public required string Start { get; init; }

    /// <summary>When the measurement ended: ISO 8601 or milliseconds since 1970.</summary>
    public required string Stop { get; init; }

    /// <summary>The data, any JSON.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>Team that will own the run; without it the caller must have exactly one uploader role.</summary>
    public string? Owner { get; init; }

    /// <summary>Who may see the run; private without it.</summary>
    public Access? Access { get; init; }

    /// <summary>URI of the schema that the data is given, where it names none.</summary>
    public string? Schema { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    internal override void AddTo(RequestPath path)
    {
        path
            .Add("start", Start)
            .Add("stop", Stop)
            .Add("test", Test)
            .Add("owner", Owner)
            .Add("access", Access)
            .Add("schema", Schema)
            .Add("description", Description);
    }
}
