using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace Hosting.Http;

/// <summary>
/// Lists the tools a few times over the MCP endpoint while the host starts, so that the first client does not wait for code to be compiled; once where it was
/// compiled ahead, so that it does not wait for it to be read.
/// </summary>
internal sealed partial class FirstRequests(McpEndpoint endpoint, IServiceScopeFactory scopes, ILogger<FirstRequests> logger) : BackgroundService
{
    // A method is compiled for speed after thirty calls; a start must not be felt.
    private static readonly int MostRounds = RuntimeFeature.IsDynamicCodeCompiled ? 30 : 1;

    private static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(300);
    private static readonly string Version = ProtocolVersions.PerRequest[^1];

    // Its parent is a span that is not recorded, so neither is what it does.
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        $$$"""
        {"jsonrpc":"2.0","id":1,"method":"{{{RequestMethods.ToolsList}}}","params":{"_meta":{"traceparent":"00-{{{new string('1', 32)}}}-{{{new string('1', 16)}}}-00",
        "io.modelcontextprotocol/protocolVersion":"{{{Version}}}","io.modelcontextprotocol/clientInfo":{"name":"start","version":"1"},"io.modelcontextprotocol/clientCapabilities":{} } } }
        """);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            long start = Stopwatch.GetTimestamp();
            for (int round = 0; round < MostRounds && Stopwatch.GetElapsedTime(start) < MostTime && !stoppingToken.IsCancellationRequested; round++)
            {
                await ListAsync(stoppingToken);
            }
        }
#pragma warning disable CA1031 // Nobody waits for an answer.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(e.Message);
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        DefaultHttpContext context = new() { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        context.Request.Method = HttpMethods.Post;
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Body);
        context.Request.Headers.Accept = "application/json, text/event-stream";
        context.Request.Headers[ProtocolHeaders.ProtocolVersion] = Version;
        context.Request.Headers[ProtocolHeaders.Method] = RequestMethods.ToolsList;
        context.Response.Body = Stream.Null;
        await endpoint.PostAsync(context);
    }

    [LoggerMessage(EventId = 60, Level = LogLevel.Debug, Message = "The requests of the start failed: {Reason}")]
    private partial void LogFailed(string reason);
}
