using System.Text.Json.Nodes;

namespace Coder.Recorder;

/// <summary>A call as it was, before redaction. It holds secrets, and so is never written anywhere.</summary>
/// <param name="Name">Name of the step.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path.</param>
/// <param name="Query">Query values by name.</param>
/// <param name="Body">Body of the request, when it is JSON.</param>
/// <param name="Status">Status of the answer.</param>
/// <param name="Headers">Headers of the answer that are worth keeping.</param>
/// <param name="Answer">Body of the answer, when it is JSON.</param>
internal sealed record RecordedCall(
    string Name,
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Query,
    JsonNode? Body,
    int Status,
    IReadOnlyDictionary<string, string> Headers,
    JsonNode? Answer);
