using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Common.Tools;

/// <summary>One call of a tool: its arguments, and what the request brings along.</summary>
internal sealed class ToolCall : ToolArguments
{
    private readonly IServiceProvider? _services;
    private readonly RequestContext<CallToolRequestParams>? _request;

    /// <summary>Takes the arguments in.</summary>
    /// <exception cref="ToolArgumentException">They are not what the tool declares.</exception>
    public ToolCall(ToolDeclaration tool, IEnumerable<KeyValuePair<string, JsonElement>> arguments, IServiceProvider? services = null)
        : base(tool, arguments)
    {
        _services = services;
    }

    private ToolCall(ToolDeclaration tool, IEnumerable<KeyValuePair<string, JsonElement>> arguments, RequestContext<CallToolRequestParams> request)
        : this(tool, arguments, request.Services)
    {
        _request = request;
        Progress = request.Params?.ProgressToken is { } token ? new ToolProgress(request.Server, token) : null;
    }

    /// <summary>All that came, and from whom.</summary>
    public RequestContext<CallToolRequestParams> Request =>
        _request ?? throw new InvalidOperationException($"'{Tool}' looks at its request and was called without one.");

    /// <summary>Tells the client how far the call has come; null when it does not ask.</summary>
    public IProgress<ProgressNotificationValue>? Progress { get; }

    /// <summary>The call that an MCP client makes.</summary>
    /// <exception cref="ToolArgumentException">Its arguments are not what the tool declares.</exception>
    public static ToolCall Of(ToolDeclaration tool, RequestContext<CallToolRequestParams> request) =>
        new(tool, request.Params?.Arguments ?? Enumerable.Empty<KeyValuePair<string, JsonElement>>(), request);

    /// <summary>A service of the request.</summary>
    /// <exception cref="McpException">The host offers the tool without what it stands on.</exception>
    public T Service<T>()
        where T : class => (T?)_services?.GetService(typeof(T))
            ?? throw new McpException($"The host offers '{Tool}' without {typeof(T).Name}, a service that it needs.");
}
