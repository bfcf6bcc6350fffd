using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>A real MCP client, over streams, of an MCP server with the optimizer's tools.</summary>
internal sealed class OptimizerClient : IAsyncDisposable
{
    private readonly McpServer _server;
    private readonly Task _running;

    private readonly ReplacingStream _input;

    private OptimizerClient(McpServer server, Task running, McpClient client, ReplacingStream input)
    {
        _input = input;
        _server = server;
        _running = running;
        Client = client;
    }

    public McpClient Client { get; }

    /// <summary>Connects; the services have <c>AddMcpOptimizerTools</c>.</summary>
    public static async Task<OptimizerClient> ConnectAsync(IServiceProvider services)
    {
        Pipe toServer = new();
        Pipe toClient = new();
        McpServer server = McpServer.Create(
            new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()),
            services.GetRequiredService<IOptions<McpServerOptions>>().Value,
            serviceProvider: services);
        Task running = server.RunAsync();
        ReplacingStream input = new(toServer.Writer.AsStream());
        McpClient client = await McpClient.CreateAsync(new StreamClientTransport(input, toClient.Reader.AsStream()));
        return new OptimizerClient(server, running, client, input);
    }

    /// <summary>Calls a tool and gives its text and whether it is an error.</summary>
    public async Task<(string Text, bool IsError)> CallAsync(string tool, Dictionary<string, object?> arguments)
    {
        CallToolResult result = await Client.CallToolAsync(tool, arguments);
        return (string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text)), result.IsError == true);
    }

    /// <summary>Sends a request in whose text on the wire a mark is replaced by what no serializer writes.</summary>
    public async Task<JsonRpcResponse> SendBrokenAsync(JsonRpcRequest request, string mark, string broken)
    {
        _input.Replacement = (mark, broken);
        JsonRpcResponse response = await Client.SendRequestAsync(request);
        _input.Replacement = null;
        return response;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _server.DisposeAsync();
        await _running;
    }
}
