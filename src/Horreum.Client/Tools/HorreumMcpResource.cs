using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Horreum.Client.Tools;

/// <summary>A kind of resource, read through the tool that reads the same thing.</summary>
internal sealed class HorreumMcpResource : McpServerResource
{
    private readonly HorreumToolRunner _runner;
    private readonly string _tool;
    private readonly string _parameter;
    private readonly Regex _pattern;

    public HorreumMcpResource(HorreumToolRunner runner, string name, string description, string template, string tool, string parameter)
    {
        (_runner, _tool, _parameter) = (runner, tool, parameter);
        ProtocolResourceTemplate = new ResourceTemplate { Name = name, Description = description, UriTemplate = template, MimeType = "application/json" };

        // Any text stands for an id here, so that a wrong one is refused with a reason and not as unknown.
        string pattern = "^" + Regex.Replace(Regex.Escape(template), @"\\\{\w+}", "([^/?#]+)") + "$";
        _pattern = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    public override ResourceTemplate ProtocolResourceTemplate { get; }

    public override IReadOnlyList<object> Metadata => [];

    public override bool IsMatch(string uri) => _pattern.IsMatch(uri);

    public override async ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken = default)
    {
        string uri = request.Params!.Uri;
        long started = Stopwatch.GetTimestamp();
        string id = Uri.UnescapeDataString(_pattern.Match(uri).Groups[^1].Value);
        Dictionary<string, JsonElement> arguments = new() { [_parameter] = JsonSerializer.SerializeToElement(id, ContractCamelJsonContext.Default.String) };
        CallToolResult result = await HorreumMcpTool.CallAsync(_runner, _tool, arguments, structured: false, cancellationToken).ConfigureAwait(false);
        bool failed = result.IsError == true;
        KeyValuePair<string, object?> tag = new("resource", ProtocolResourceTemplate.Name);
        HorreumInstruments.Resources.Add(1, tag, new KeyValuePair<string, object?>("outcome", failed ? "error" : "ok"));
        HorreumInstruments.ResourceTime.Record(Stopwatch.GetElapsedTime(started).TotalMilliseconds, tag);
        string text = ((TextContentBlock)result.Content[0]).Text;
        return failed
            ? throw new McpProtocolException(text, McpErrorCode.InvalidParams)
            : new ReadResourceResult { Contents = [new TextResourceContents { Uri = uri, MimeType = "application/json", Text = text }] };
    }
}
